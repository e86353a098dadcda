// SPDX-License-Identifier: BSL-1.0
// bench: io/read_ratings io/read_ratings_from_chars io/read_ratings_csv io/read_ratings_csv_from_chars
//
// Reading a file of ratings into numbered columns with dictionaries, in millions of bytes a second of processor time, the
// system's included: what other programs do meanwhile does not count. Two files of five million rows, 100 000 users and
// 20 000 items, generated, in the page cache, gone afterwards: one as MovieLens' u.data, in random order of users; one as
// ratings.csv, by user. The peers are what one writes by hand: std::getline and std::istringstream, and with more care
// std::getline and std::from_chars. The ratio is the time of the peer over ours.

#include <kindred/core/id.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace {

constexpr std::size_t row_count = 5'000'000;
constexpr std::uint32_t user_count = 100'000;
constexpr std::uint32_t item_count = 20'000;

// Items of a popularity that falls off as in real data: u cubed puts half of the ratings on an eighth of the items.
void write_file(std::string const& path, char separator, bool by_user) {
  std::ofstream file(path, std::ios::binary);
  if (by_user) file << "userId" << separator << "movieId" << separator << "rating" << separator << "timestamp\n";
  kindred::random_stream random(1, by_user);
  char line[64];
  for (std::size_t row = 0; row != row_count; ++row) {
    std::uint32_t const user =
        by_user ? static_cast<std::uint32_t>(row * user_count / row_count) : kindred::below(random, user_count);
    double const u = kindred::unit(random);
    auto const item = static_cast<std::uint32_t>(u * u * u * item_count);
    double const rating = by_user ? 0.5 * (1 + kindred::below(random, 10)) : 1 + kindred::below(random, 5);
    std::uint32_t const time = 874'000'000 + kindred::below(random, 20'000'000);
    int const size = std::snprintf(line, sizeof line, by_user ? "%u%c%u%c%.1f%c%u\n" : "%u%c%u%c%.0f%c%u\n", user + 1,
                                   separator, item + 1, separator, rating, separator, time);
    file.write(line, size);
  }
  if (!file.flush()) std::exit((std::fprintf(stderr, "cannot write %s\n", path.c_str()), 1));
}

// What all ways of reading must agree on.
struct sums {
  std::size_t rows = 0;
  std::size_t users = 0;
  std::size_t items = 0;
  double values = 0;
  std::int64_t times = 0;
  friend bool operator==(sums const&, sums const&) = default;
};

sums read_ours(std::string const& path, kindred::rating_format const& format) {
  auto const data = kindred::read_ratings<float>(path, format);
  sums s{data.table.size(), data.users.size(), data.items.size()};
  for (float const value : data.table.value) s.values += static_cast<double>(value);
  for (std::int64_t const time : data.table.time) s.times += time;
  return s;
}

// The columns and dictionaries of the peers.
struct columns {
  std::unordered_map<std::string, std::uint32_t> user_number, item_number;
  std::vector<std::uint32_t> user, item;
  std::vector<float> value;
  std::vector<std::int64_t> time;

  void add(std::string const& u, std::string const& i, float v, std::int64_t t) {
    user.push_back(user_number.try_emplace(u, static_cast<std::uint32_t>(user_number.size())).first->second);
    item.push_back(item_number.try_emplace(i, static_cast<std::uint32_t>(item_number.size())).first->second);
    value.push_back(v);
    time.push_back(t);
  }
  [[nodiscard]] sums sum() const {
    sums s{user.size(), user_number.size(), item_number.size()};
    for (float const v : value) s.values += static_cast<double>(v);
    for (std::int64_t const t : time) s.times += t;
    return s;
  }
};

sums read_by_streams(std::string const& path, kindred::rating_format const& format) {
  std::ifstream file(path, std::ios::binary);
  columns data;
  std::string line, user, item, value, time;
  if (format.header) std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::getline(fields, user, format.separator[0]);
    std::getline(fields, item, format.separator[0]);
    std::getline(fields, value, format.separator[0]);
    std::getline(fields, time);
    data.add(user, item, std::stof(value), std::stoll(time));
  }
  return data.sum();
}

sums read_with_care(std::string const& path, kindred::rating_format const& format) {
  std::ifstream file(path, std::ios::binary);
  columns data;
  std::string line, user, item;
  if (format.header) std::getline(file, line);
  while (std::getline(file, line)) {
    std::size_t const a = line.find(format.separator[0]);
    std::size_t const b = line.find(format.separator[0], a + 1);
    std::size_t const c = line.find(format.separator[0], b + 1);
    if (c == line.npos) continue;
    user.assign(line, 0, a);
    item.assign(line, a + 1, b - a - 1);
    float value = 0;
    std::int64_t time = 0;
    std::from_chars(line.data() + b + 1, line.data() + c, value);
    std::from_chars(line.data() + c + 1, line.data() + line.size(), time);
    data.add(user, item, value, time);
  }
  return data.sum();
}

using way = sums (*)(std::string const&, kindred::rating_format const&);

// The ways in turns; the medians of their seconds.
std::vector<double> median_seconds(std::vector<way> const& ways, std::string const& path,
                                   kindred::rating_format const& format) {
  constexpr int turns = 3;
  std::vector<std::vector<double>> seconds(ways.size());
  sums const expected = ways[0](path, format);
  for (int turn = 0; turn != turns; ++turn) {
    for (std::size_t w = 0; w != ways.size(); ++w) {
      std::clock_t const start = std::clock();
      sums const got = ways[w](path, format);
      seconds[w].push_back(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
      if (got != expected) std::exit((std::fprintf(stderr, "way %zu reads something else\n", w), 1));
    }
  }
  std::vector<double> medians;
  for (auto& s : seconds) {
    std::sort(s.begin(), s.end());
    medians.push_back(s[turns / 2]);
  }
  return medians;
}

void compare(std::string const& name, kindred::rating_format const& format, bool by_user) {
  std::string const path =
      (std::filesystem::temp_directory_path() / ("kindred_bench_" + std::to_string(std::rand()) + ".txt")).string();
  write_file(path, format.separator[0], by_user);
  double const megabytes = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
  auto const seconds = median_seconds({read_ours, read_by_streams, read_with_care}, path, format);
  std::filesystem::remove(path);
  auto const print = [&](char const* suffix, char const* peer, double peer_seconds) {
    std::printf("BENCH %s%s ours=%.0f peer=%s:%.0f ratio=%.1f unit=MB/s\n", name.c_str(), suffix,
                megabytes / seconds[0], peer, megabytes / peer_seconds, peer_seconds / seconds[0]);
  };
  std::printf("%s: %.0f MB, %zu rows\n", name.c_str(), megabytes, row_count);
  print("", "istringstream", seconds[1]);
  print("_from_chars", "from_chars", seconds[2]);
}

}  // namespace

int main() {
  compare("io/read_ratings", kindred::movielens_100k, false);
  compare("io/read_ratings_csv", kindred::movielens_csv, true);
}
