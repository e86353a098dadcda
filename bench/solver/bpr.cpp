// SPDX-License-Identifier: BSL-1.0
// bench: factor/bpr/ml100k factor/bpr/gowalla factor/bpr/20m
// flags: -march=native
//
// Seconds of CPU that BPR with 64 factors takes for ten million triplets, on one thread: three passes less one pass, so that what
// is made once is left out. ml100k and gowalla are read from the folder that KINDRED_DATA names; 20m is generated, a
// million users and 100 000 items. KINDRED_BPR names a command that is given a file of `user item` lines, the number of factors
// and a number of passes, trains BPR on one thread by uniform negatives that are verified, and prints
// `... seconds_per_10m=<CPU seconds>`. Names after the program leave the others out.

#include <kindred/factor/bpr.hpp>
#include <kindred/io/for_each_row.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

namespace {

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using data_set = kindred::ratings<float>;

double cpu_seconds(data_set const& data, std::uint32_t epochs) {
  std::clock_t const start = std::clock();
  static_cast<void>(kindred::fit(kindred::bpr{.factors = 64, .epochs = epochs}, data));
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// Of the peer; 0 when there is none.
double peer_seconds(data_set const& data) {
  char const* const command = std::getenv("KINDRED_BPR");
  if (command == nullptr) return 0;
  auto const place = std::filesystem::temp_directory_path() / "kindred_bench_bpr";
  std::filesystem::create_directories(place);
  {
    std::ofstream out(place / "pairs");
    for (index_t u = 0; u != data.user_count(); ++u)
      for (index_t const i : data.of(user_id{u}).index) out << u << ' ' << i << '\n';
  }
  static_cast<void>(std::system(
      (std::string(command) + " " + (place / "pairs").string() + " 64 5 >" + (place / "said").string()).c_str()));
  std::ifstream said(place / "said");
  double seconds = 0;
  for (std::string word; said >> word;)
    if (auto const at = word.find("seconds_per_10m="); at != std::string::npos)
      seconds = std::strtod(word.c_str() + at + 16, nullptr);
  std::filesystem::remove_all(place);
  return seconds;
}

void report(char const* name, data_set const& data) {
  std::array<double, 5> runs;
  for (double& run : runs) run = (cpu_seconds(data, 3) - cpu_seconds(data, 1)) / 2;
  std::sort(runs.begin(), runs.end());
  double const ours = runs[2] * 1e7 / static_cast<double>(data.size());
  double const peer = peer_seconds(data);
  if (peer > 0)
    std::printf("BENCH factor/bpr/%s ours=%.3f peer=implicit:%.3f ratio=%.2f unit=s\n", name, ours, peer, peer / ours);
  else std::printf("BENCH factor/bpr/%s ours=%.3f peer=absent unit=s\n", name, ours);
}

data_set gowalla(std::string const& path) {
  kindred::rating_table<float> table;
  kindred::for_each_row(path, {.separator = " ", .quotes = false}, [&](std::span<std::string_view const> fields) {
    auto const number = [](std::string_view text) {
      return static_cast<index_t>(std::strtoul(std::string(text).c_str(), nullptr, 10));
    };
    for (auto const item : fields.subspan(1))
      if (!item.empty()) table.add(user_id{number(fields[0])}, item_id{number(item)}, 1);
  });
  return data_set::from(table, kindred::on_duplicate::first);
}

}  // namespace

int main(int count, char** words) try {
  std::span<char*> const named(words + 1, static_cast<std::size_t>(count - 1));
  auto const asked = [&](std::string_view name) {
    return named.empty() || std::find(named.begin(), named.end(), name) != named.end();
  };
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) std::puts("KINDRED_DATA names no folder with data");
  if (folder != nullptr && asked("ml100k"))
    report("ml100k",
           data_set::from(
               kindred::read_ratings<float>(std::string(folder) + "/ml-100k/u.data", kindred::movielens_100k).table));
  if (folder != nullptr && asked("gowalla")) report("gowalla", gowalla(std::string(folder) + "/gowalla/train.txt"));
  if (asked("20m"))
    report("20m", data_set::from(kindred::testing::generate_ratings(
                      {.users = 1000000, .items = 100000, .ratings = 20000000, .rank = 16})));
} catch (std::exception const& e) {
  std::fprintf(stderr, "bpr: %s\n", e.what());
  return 2;
}
