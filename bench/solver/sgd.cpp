// SPDX-License-Identifier: BSL-1.0
// flags: -O3 -march=native
// bench: factor/sgd/1m/40 factor/sgd/1m/128 factor/sgd/20m
//
// CPU seconds of one thread that biased factorization by SGD takes to the held-out error that LIBMF reaches in 20 passes, on
// generated ratings: a truth of rank 16 plus noise, a long tail. A million of 20 000 users and 4000 items, with 40 and 128
// factors; 20 million of a million users and 100 000 items, with 40. LIBMF's seconds are those of 21 passes less those of
// one, so that reading the file is left out; it is built with AVX. KINDRED_LIBMF names the folder with mf-train and
// mf-predict. Both have a penalty of .05; LIBMF adapts its rate, 0.1 at first, ours is 0.08 / (1 + epoch / 4). `sgd 1m` leaves the large one out.
//
// The limit is memory: a rating reads and writes two vectors, 4 x 4 x factors bytes, and 16 bytes of itself. At 40 factors and
// 1m, where both sides lie in the caches, arithmetic (8 x factors flops, and a sum across a register) counts as much.

#include "held_out.hpp"

#include <kindred/factor/sgd.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/resource.h>

namespace {

using bench::figure;
using kindred::index_t;

// Of all programs that were run and have ended.
double their_seconds() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  auto const seconds = [](timeval const& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

figure libmf(std::string const& folder, bench::split const& data, index_t factors, int runs) {
  auto const place = std::filesystem::temp_directory_path() / "kindred_bench_sgd";
  std::filesystem::create_directories(place);
  bench::write(data.train, place / "train");
  bench::write(data.test, place / "test");
  auto const run = [&](int passes) {
    std::string const command = folder + "/mf-train --quiet -k " + std::to_string(factors) +
                                " -l2 0.05 -r 0.1 -s 1 -t " + std::to_string(passes) + " " +
                                (place / "train").string() + " " + (place / "model").string() + " >/dev/null";
    double const before = their_seconds();
    static_cast<void>(std::system(command.c_str()));
    return their_seconds() - before;
  };
  figure out;
  out.seconds = bench::median_of(runs, [&] { return run(21) - run(1); });
  run(20);
  std::string const command = folder + "/mf-predict -e 0 " + (place / "test").string() + " " +
                              (place / "model").string() + " " + (place / "out").string() + " >" +
                              (place / "rmse").string();
  static_cast<void>(std::system(command.c_str()));
  std::ifstream said(place / "rmse");
  std::string word;
  said >> word >> word >> out.rmse;
  std::filesystem::remove_all(place);
  return out;
}

// To the error of the peer, or 20 epochs where there is none.
figure ours(bench::split const& data, index_t factors, double goal) {
  kindred::sgd<> recipe{.factors = factors, .epochs = goal == 0 ? 20u : 60u};
  recipe.vector.strength = 0.05;
  recipe.rate = {.rate = 0.08, .decay = 0.25};
  return bench::train_to(goal, recipe, recipe.epochs, data);
}

void compare(char const* name, kindred::testing::long_tail_settings const& how, index_t factors, int runs) {
  auto const data = bench::split_of(kindred::ratings<float>::from(kindred::testing::generate_ratings(how)));
  char const* const folder = std::getenv("KINDRED_LIBMF");
  figure const peer = folder != nullptr ? libmf(folder, data, factors, runs) : figure{};
  figure reached;
  double const seconds = bench::median_of(runs, [&] {
    reached = ours(data, factors, peer.rmse);
    return reached.seconds;
  });
  std::printf("%s: %u epochs to RMSE %.4f, %.1f ns a rating and epoch\n", name, reached.rounds, reached.rmse,
              seconds / reached.rounds / static_cast<double>(data.train.size()) * 1e9);
  if (folder == nullptr) {
    std::printf("BENCH %s ours=%.3f peer=absent unit=s\n", name, seconds);
  } else {
    std::printf("LIBMF: 20 passes to RMSE %.4f\n", peer.rmse);
    std::printf("BENCH %s ours=%.3f peer=LIBMF:%.3f ratio=%.2f unit=s\n", name, seconds, peer.seconds,
                peer.seconds / seconds);
  }
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  compare("factor/sgd/1m/40", {.users = 20000, .items = 4000, .ratings = 1000000, .rank = 16}, 40, 5);
  compare("factor/sgd/1m/128", {.users = 20000, .items = 4000, .ratings = 1000000, .rank = 16}, 128, 5);
  if (count > 1 && std::strcmp(arguments[1], "1m") == 0) return 0;
  compare("factor/sgd/20m", {.users = 1000000, .items = 100000, .ratings = 20000000, .rank = 16}, 40, 1);
}
