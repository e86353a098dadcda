// SPDX-License-Identifier: BSL-1.0
// bench: factor/svdpp/ml100k factor/svdpp/2_threads
//
// CPU seconds of one thread that SVD++ takes on the 80 000 ratings of ml-100k/u1.base, with 20 factors and 20 epochs,
// beside Surprise's SVDpp, whose defaults those are. KINDRED_SURPRISE is a command that runs it:
// `$KINDRED_SURPRISE item <train> <test> SVDpp` prints fit=<CPU s> and rmse=. Data are read from the folder that KINDRED_DATA
// names. 2_threads are seconds of the wall of the same with 40 factors, beside those of one thread. A word after the program picks the
// figures whose names contain it.
//
// The limit is arithmetic: 18 x factors flops a rating; what of them are done in a second stands above the figure.
//
// Why two threads are not twice as fast: not for what is done by one alone (first vectors and batches, 3 % of a fit), nor for want of tasks (those
// of a batch, by their ratings and uses, divide to 1.9 or better), but for memory. Whatever a batch moves, all read in the next one, and
// half of it lies in the other core's cache. The same tasks, every second one by another thread, took 1.1 to 1.5 times the CPU seconds
// with the threads on two cores as with both on one; and for a million generated ratings of 20 000 users and 4000 items, whose batches
// use most rows once, 1.4 to 2.2 times (three runs, other programs running). Asking for rows ahead changed that by less than the runs differ.

#include "limits.hpp"
#include "two_threads.hpp"

#include <kindred/factor/svdpp.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/run/fit.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <string>
#include <string_view>

namespace {

double cpu_seconds_of(auto const& work) {
  std::clock_t const start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

double number_after(std::string const& said, std::string const& key) {
  std::size_t const place = said.find(key);
  return place == std::string::npos ? -1 : std::atof(said.c_str() + place + key.size());
}

std::string output_of(std::string const& command) {
  std::string said;
  if (FILE* const pipe = popen(command.c_str(), "r"); pipe != nullptr) {
    std::array<char, 4096> part;
    while (std::fgets(part.data(), static_cast<int>(part.size()), pipe) != nullptr) said += part.data();
    pclose(pipe);
  }
  return said;
}

}  // namespace

int main(int count, char** words) try {
  auto const wanted = [&](std::string_view name) { return count < 2 || name.find(words[1]) != name.npos; };
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  std::string const train = std::string(folder) + "/ml-100k/u1.base";
  auto const file = kindred::read_ratings<float>(train, kindred::movielens_100k);
  auto const data = kindred::ratings<float>::from(file.table);
  if (wanted("factor/svdpp/2_threads"))
    bench::say_two_threads("factor/svdpp/2_threads", [&](auto& pool) {
      static_cast<void>(kindred::fit(kindred::svdpp<>{.factors = 40, .epochs = 20}, data, pool));
    });
  if (!wanted("factor/svdpp/ml100k")) return 0;
  kindred::svdpp<> const how{.factors = 20, .epochs = 20};
  std::array<double, 5> runs;
  for (double& run : runs) run = cpu_seconds_of([&] { static_cast<void>(kindred::fit(how, data)); });
  std::sort(runs.begin(), runs.end());
  bench::say_flops("", 18.0 * 20 * 20 * static_cast<double>(data.size()), runs[2]);

  char const* const surprise = std::getenv("KINDRED_SURPRISE");
  double theirs = -1;
  if (surprise != nullptr)
    theirs = number_after(output_of(std::string(surprise) + " item " + train + " " + folder + "/ml-100k/u1.test SVDpp"),
                          " fit=");
  bench::say("factor/svdpp/ml100k", runs[2], {theirs > 0 ? "Surprise" : "", theirs});
} catch (std::exception const& e) {
  std::fprintf(stderr, "svdpp: %s\n", e.what());
  return 2;
}
