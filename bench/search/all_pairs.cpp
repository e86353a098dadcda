// SPDX-License-Identifier: BSL-1.0
// bench: neighbor/all_pairs/gowalla neighbor/all_pairs/20m
//
// Seconds to find the 50 items nearest to every item by cosine, with one thread and with two: of Gowalla (KINDRED_DATA names
// the folder that has gowalla/train.txt), and of 20 million generated ratings, long-tailed, of a million users and a hundred
// thousand items. Names of jobs as arguments run those alone.
//
// The peer is implicit's CosineRecommender. KINDRED_IMPLICIT is a command that, followed by a file of `user item value`
// lines, a number of neighbors, of threads and of repeats, prints `fit=<median seconds>`. Both fit from data in memory.
// Ours also says how many accumulators it adds to a second.

#include <kindred/data/ratings.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/neighbor/all_pairs.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace {

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using data_set = kindred::ratings<float>;

constexpr std::uint32_t neighbors = 50;
constexpr int repeats = 5;

double seconds_of(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median_of(auto const& measure) {
  std::array<double, repeats> runs;
  for (double& run : runs) run = measure();
  std::sort(runs.begin(), runs.end());
  return runs[repeats / 2];
}

// Lines of a user and all their items.
data_set gowalla(std::filesystem::path const& file) {
  kindred::rating_table<float> table;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream numbers(line);
    index_t user = 0, item = 0;
    for (numbers >> user; numbers >> item;) table.add(user_id{user}, item_id{item}, 1);
  }
  return data_set::from(table, kindred::on_duplicate::first);
}

data_set generated() {
  return data_set::from(
      kindred::testing::generate_ratings({.users = 1'000'000, .items = 100'000, .ratings = 20'000'000}));
}

void write(data_set const& data, std::filesystem::path const& path) {
  std::FILE* const out = std::fopen(path.c_str(), "w");
  if (out == nullptr) return;
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k)
      std::fprintf(out, "%u %u %g\n", u, row.index[k], static_cast<double>(row.value[k]));
  }
  std::fclose(out);
}

// What the peer says; zero when it says nothing.
double implicit_seconds(std::string const& command, std::filesystem::path const& file, int threads) {
  std::string const line = command + " " + file.string() + " " + std::to_string(neighbors) + " " +
                           std::to_string(threads) + " " + std::to_string(repeats);
  std::FILE* const pipe = popen(line.c_str(), "r");
  if (pipe == nullptr) return 0;
  std::string said;
  std::array<char, 256> part;
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) said += part.data();
  pclose(pipe);
  auto const at = said.find("fit=");
  return at == std::string::npos ? 0 : std::strtod(said.c_str() + at + 4, nullptr);
}

void run(std::string const& name, data_set const& data) {
  double updates = 0;
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const n = static_cast<double>(data.of(user_id{u}).size());
    updates += n * n;
  }
  char const* const peer = std::getenv("KINDRED_IMPLICIT");
  auto const file = std::filesystem::temp_directory_path() / "kindred_bench_all_pairs.txt";
  if (peer != nullptr) write(data, file);
  for (int const threads : {1, 2}) {
    kindred::thread_pool pool(static_cast<std::size_t>(threads));
    double const ours = median_of([&] {
      return seconds_of([&] {
        static_cast<void>(
            kindred::all_pairs(data.by_item(), data.by_user(), kindred::cosine{}, {.keep = neighbors}, pool));
      });
    });
    std::printf("%s, threads: %d: %.0f million additions, %.0f million a second\n", name.c_str(), threads,
                updates / 1e6, updates / 1e6 / ours);
    std::string const line = "BENCH neighbor/all_pairs/" + name + (threads == 1 ? "/one_thread" : "");
    double const theirs = peer != nullptr ? implicit_seconds(peer, file, threads) : 0;
    if (theirs > 0)
      std::printf("%s ours=%.3f peer=implicit:%.3f ratio=%.2f unit=s\n", line.c_str(), ours, theirs, theirs / ours);
    else std::printf("%s ours=%.3f peer=absent unit=s\n", line.c_str(), ours);
    std::fflush(stdout);
  }
  if (peer != nullptr) std::filesystem::remove(file);
}

}  // namespace

int main(int count, char** arguments) {
  auto const wanted = [&](std::string_view name) {
    return count == 1 || std::any_of(arguments + 1, arguments + count, [&](char* one) { return one == name; });
  };
  char const* const folder = std::getenv("KINDRED_DATA");
  auto const train = std::filesystem::path(folder != nullptr ? folder : "") / "gowalla" / "train.txt";
  if (wanted("gowalla") && std::filesystem::exists(train)) run("gowalla", gowalla(train));
  if (wanted("20m")) run("20m", generated());
}
