// SPDX-License-Identifier: BSL-1.0
// bench: factor/svdpp/ml100k
//
// CPU seconds of one thread that SVD++ takes on the 80 000 ratings of ml-100k/u1.base, with 20 factors and 20 epochs,
// beside Surprise's SVDpp, whose defaults those are. KINDRED_SURPRISE is a command that runs it:
// `$KINDRED_SURPRISE item <train> <test> SVDpp` prints fit=<CPU s> and rmse=. Data are read from the folder that KINDRED_DATA
// names.

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

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  std::string const train = std::string(folder) + "/ml-100k/u1.base";
  auto const file = kindred::read_ratings<float>(train, kindred::movielens_100k);
  auto const data = kindred::ratings<float>::from(file.table);
  kindred::svdpp<> const how{.factors = 20, .epochs = 20};
  std::array<double, 5> runs;
  for (double& run : runs) run = cpu_seconds_of([&] { static_cast<void>(kindred::fit(how, data)); });
  std::sort(runs.begin(), runs.end());

  char const* const surprise = std::getenv("KINDRED_SURPRISE");
  double theirs = -1;
  if (surprise != nullptr)
    theirs = number_after(output_of(std::string(surprise) + " item " + train + " " + folder + "/ml-100k/u1.test SVDpp"),
                          " fit=");
  if (theirs > 0)
    std::printf("BENCH factor/svdpp/ml100k ours=%.3f peer=Surprise:%.2f ratio=%.1f unit=s\n", runs[2], theirs,
                theirs / runs[2]);
  else std::printf("BENCH factor/svdpp/ml100k ours=%.3f peer=absent unit=s\n", runs[2]);
} catch (std::exception const& e) {
  std::fprintf(stderr, "svdpp: %s\n", e.what());
  return 2;
}
