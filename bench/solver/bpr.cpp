// SPDX-License-Identifier: BSL-1.0
// bench: factor/bpr/ml100k factor/bpr/gowalla factor/bpr/20m factor/bpr/2_threads
// flags: -march=native
//
// Seconds of CPU that BPR with 64 factors takes for ten million triplets, on one thread: three passes less one pass, so that what
// is made once is left out. ml100k and gowalla are read from the folder that KINDRED_DATA names; 20m is generated, a
// million users and 100 000 items. KINDRED_BPR names peers, `name:command;name:command`: a command is given a file of `user item`
// lines, the number of factors and a number of passes, trains BPR on one thread by uniform negatives that are verified, and prints
// `... seconds_per_10m=<CPU seconds>`. The figure stands beside the fastest of them. 2_threads are seconds of the wall for ml100k,
// beside those of one. Names after the program leave the others out.
//
// The limit at 64 factors is arithmetic where vectors fit the caches, 24 x factors flops a triplet, whose rate is printed, and memory
// where they do not: three rows of 256 bytes are read and written a triplet. What one of Gowalla takes beyond one of ml100k is
// waiting for the third cache, and for addresses: its 18 MB of vectors are more pages than the processor keeps at hand. With
// pages of 2 MB (GLIBC_TUNABLES=glibc.malloc.hugetlb=1) it took 4 % less.

#include "peer_commands.hpp"

#include <kindred/factor/bpr.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/for_each_row.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
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

double wall_seconds(data_set const& data, std::size_t threads) {
  kindred::thread_pool pool(threads);
  std::array<double, 5> runs;
  for (double& run : runs) {
    auto const start = std::chrono::steady_clock::now();
    static_cast<void>(kindred::fit(kindred::bpr{.factors = 64, .epochs = 20}, data, pool));
    run = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  std::sort(runs.begin(), runs.end());
  return runs[2];
}

void report(char const* name, data_set const& data) {
  std::array<double, 5> runs;
  for (double& run : runs) run = (cpu_seconds(data, 3) - cpu_seconds(data, 1)) / 2;
  std::sort(runs.begin(), runs.end());
  double const ours = runs[2] * 1e7 / static_cast<double>(data.size());
  std::printf("%.1f GFLOP/s\n", 24e-9 * 64 * 1e7 / ours);
  bench::rating_file const pairs("kindred_bench_pairs.txt", data);
  bench::say((std::string("factor/bpr/") + name).c_str(), ours,
             bench::fastest_peer("KINDRED_BPR", pairs.path() + " 64 5", "seconds_per_10m="));
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
  if (folder != nullptr && (asked("ml100k") || asked("2_threads"))) {
    auto const data = data_set::from(
        kindred::read_ratings<float>(std::string(folder) + "/ml-100k/u.data", kindred::movielens_100k).table);
    if (asked("ml100k")) report("ml100k", data);
    if (asked("2_threads"))
      bench::say("factor/bpr/2_threads", wall_seconds(data, 2), {"one_thread", wall_seconds(data, 1)});
  }
  if (folder != nullptr && asked("gowalla")) report("gowalla", gowalla(std::string(folder) + "/gowalla/train.txt"));
  if (asked("20m"))
    report("20m", data_set::from(kindred::testing::generate_ratings(
                      {.users = 1000000, .items = 100000, .ratings = 20000000, .rank = 16})));
} catch (std::exception const& e) {
  std::fprintf(stderr, "bpr: %s\n", e.what());
  return 2;
}
