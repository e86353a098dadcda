// SPDX-License-Identifier: BSL-1.0
// flags: -O3 -march=native
// bench: factor/sgd/1m/40 factor/sgd/1m/128 factor/sgd/ml100k/40 factor/sgd/ml100k/128 factor/sgd/20m
// bench: factor/sgd/1m/2_threads factor/sgd/20m/2_threads
//
// CPU seconds of one thread that biased factorization by SGD takes to the held-out error that LIBMF reaches in 20 passes: on
// generated ratings - a truth of rank 16 plus noise, a long tail - a million of 20 000 users and 4000 items, with 40 and 128
// factors; 20 million of a million users and 100 000 items, with 40; and on MovieLens 100K from the folder that KINDRED_DATA names.
// A fifth is held out. LIBMF's seconds are those of 21 passes less those of one (so often that they can be told from the clock's
// grain), so that reading the file is left out; it is built with AVX. KINDRED_LIBMF names the folder with mf-train and
// mf-predict. Both have a penalty of .05; LIBMF adapts its rate, 0.1 at first, ours is 0.08 / (1 + epoch / 4). 2_threads are seconds
// of the wall of twenty epochs, of three for 20m, beside those of one. A word after the program picks the figures whose names contain it.
//
// The limit is memory where vectors do not fit the caches: a rating reads and writes two of them, 4 x 4 x factors bytes, and 8 bytes
// of itself. Where they do (1m, ml100k) it is arithmetic, 8 x factors flops and a sum across a register; what a rating takes of it
// with vectors in the nearest cache stands above the figure, as a share of what it takes.

#include "held_out.hpp"
#include "two_threads.hpp"

#include <kindred/factor/sgd.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/update_pairs.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

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
  int const times = data.train.size() < 200000 ? 10 : 1;
  out.seconds = bench::median_of(runs, [&] { return (run(1 + 20 * times) - run(1)) / times; });
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

kindred::sgd<> recipe_of(index_t factors, std::uint32_t epochs) {
  kindred::sgd<> recipe{.factors = factors, .epochs = epochs};
  recipe.vector.strength = 0.05;
  recipe.rate = {.rate = 0.08, .decay = 0.25};
  return recipe;
}

// Nanoseconds of the arithmetic of a rating whose vectors lie in the nearest cache.
double least_nanoseconds(index_t factors) {
  constexpr std::size_t vectors = 32, steps = 4000000;
  std::size_t const size = kindred::padded_size<float>(factors);
  kindred::buffer<float> all(vectors * size, 0.1f);
  auto const move = []<class V>(V p, V q) { return std::array<V, 2>{p - V(1e-6f) * q, q - V(1e-6f) * p}; };
  float sum = 0;
  double const start = bench::cpu_seconds();
  for (std::size_t k = 0; k != steps; ++k) {
    float* const p = all.data() + 2 * k % vectors * size;
    float* const q = p + size;
    sum += kindred::kernel::dot(p, q, size);
    kindred::kernel::update_pairs(p, q, size, move);
  }
  return sum > 0 ? (bench::cpu_seconds() - start) / steps * 1e9 : 0;
}

void compare(std::string const& name, bench::split const& data, index_t factors, int runs) {
  char const* const folder = std::getenv("KINDRED_LIBMF");
  figure const peer = folder != nullptr ? libmf(folder, data, factors, runs) : figure{};
  figure reached;  // the error of the peer, or what 20 epochs give where there is none
  double const seconds = bench::median_of(runs, [&] {
    auto const recipe = recipe_of(factors, peer.rmse == 0 ? 20 : 60);
    reached = bench::train_to(peer.rmse, recipe, recipe.epochs, data);
    return reached.seconds;
  });
  double const each = seconds / reached.rounds / static_cast<double>(data.train.size()) * 1e9;
  std::printf("%s: %u epochs to RMSE %.4f, %.1f ns a rating and epoch: %.1f GFLOP/s, %.1f GB/s, %.0f %% arithmetic\n",
              name.c_str(), reached.rounds, reached.rmse, each, 8 * factors / each, (16 * factors + 8) / each,
              100 * least_nanoseconds(factors) / each);
  if (folder != nullptr) std::printf("LIBMF: 20 passes to RMSE %.4f\n", peer.rmse);
  bench::say(name.c_str(), seconds, {folder != nullptr ? "LIBMF" : "", peer.seconds});
}

bench::split generated(kindred::testing::long_tail_settings const& how) {
  return bench::split_of(kindred::ratings<float>::from(kindred::testing::generate_ratings(how)));
}

}  // namespace

int main(int count, char** words) try {
  auto const wanted = [&](std::string_view name) { return count < 2 || name.find(words[1]) != name.npos; };
  auto const figures = [&](std::string const& name, auto const& factors, int runs, std::uint32_t epochs,
                           auto const& make) {
    bool any = epochs != 0 && wanted(name + "/2_threads");
    for (auto const& [suffix, f] : factors) any = any || wanted(name + suffix);
    if (!any) return;
    bench::split const data = make();
    for (auto const& [suffix, f] : factors)
      if (wanted(name + suffix)) compare(name + suffix, data, f, runs);
    if (epochs != 0 && wanted(name + "/2_threads"))
      bench::say_two_threads((name + "/2_threads").c_str(), [&](auto& pool) {
        static_cast<void>(kindred::fit(recipe_of(40, epochs), data.train, pool));
      });
  };
  struct chosen {
    char const* suffix;
    index_t factors;
  };
  std::array<chosen, 2> const both{{{"/40", 40}, {"/128", 128}}};
  std::array<chosen, 1> const one{{{"", 40}}};
  if (char const* const folder = std::getenv("KINDRED_DATA"); folder != nullptr)
    figures("factor/sgd/ml100k", both, 5, 0, [&] {
      return bench::split_of(kindred::ratings<float>::from(
          kindred::read_ratings<float>(std::string(folder) + "/ml-100k/u.data", kindred::movielens_100k).table));
    });
  figures("factor/sgd/1m", both, 5, 20,
          [] { return generated({.users = 20000, .items = 4000, .ratings = 1000000, .rank = 16}); });
  figures("factor/sgd/20m", one, 1, 3,
          [] { return generated({.users = 1000000, .items = 100000, .ratings = 20000000, .rank = 16}); });
} catch (std::exception const& e) {
  std::fprintf(stderr, "sgd: %s\n", e.what());
  return 2;
}
