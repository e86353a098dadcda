// SPDX-License-Identifier: BSL-1.0
// bench: factor/implicit_als/800k factor/implicit_als/256/800k factor/implicit_als/exact/800k factor/implicit_als/subspace/800k
// bench: factor/implicit_als/20m factor/implicit_als/256/20m factor/implicit_als/2_threads
// flags: -O3 -march=native
//
// Processor seconds of one thread for alternating least squares on generated clicks: 15 sweeps on 800 000 of 6040 users and 3706
// items with 64 factors and with 256, and a fit of one sweep on 20 million of a million users and 100 000 items with both. Seconds of the wall on
// two threads and on one. A word after the program picks the figures whose names contain it.
//
// KINDRED_IMPLICIT_ALS names peers, `name:command;name:command`. A command is given a file of `user item` lines, the number of
// factors, the number of sweeps and conjugate_gradient, cholesky or subspace; it prints the processor seconds of its fit, or nothing
// when it has no such solver. The figure stands beside the fastest of them; all are printed.
//
// Limits are said for the sums that conjugate gradients cannot avoid, two flops a factor for either use of a vector in every step: what
// of them are done in a second, beside what kernel::dot does of rows that lie in the nearest cache.

#include "limits.hpp"
#include "peer_commands.hpp"
#include "two_threads.hpp"

#include <kindred/factor/implicit_als.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kindred;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double median_of(int runs, auto const& work) {
  std::vector<double> took;
  for (int k = 0; k != runs; ++k) {
    double const start = cpu_seconds();
    work();
    took.push_back(cpu_seconds() - start);
  }
  std::sort(took.begin(), took.end());
  return took[took.size() / 2];
}

template <class How>
double seconds_of(How const& how, ratings<float> const& data, int runs) {
  double objective = 0;
  double const median = median_of(runs, [&] { objective = fit(how, data).report.objective; });
  std::printf("%u factors, %u sweeps: %.3f s, objective %.6g\n", how.factors, how.sweeps, median, objective);
  return median;
}

void say_limit(unsigned factors, unsigned sweeps, ratings<float> const& data, double seconds) {
  bench::say_flops("in the sums over events", sweeps * 2 * 4.0 * 4 * factors * static_cast<double>(data.size()),
                   seconds);
}

}  // namespace

int main(int count, char** arguments) {
  std::string_view const only = count > 1 ? arguments[1] : "";
  auto const wanted = [&](std::string_view name) { return name.find(only) != name.npos; };
  constexpr int runs = 5;
  if (wanted("factor/implicit_als/800k factor/implicit_als/256/800k factor/implicit_als/exact/800k "
             "factor/implicit_als/subspace/800k factor/implicit_als/2_threads")) {
    auto const data =
        ratings<float>::from(testing::generate_ratings({.users = 6040, .items = 3706, .ratings = 800000, .rank = 16}));
    bench::rating_file const clicks("kindred_bench_clicks.txt", data);
    auto const compare = [&](char const* name, auto const& how, char const* solver) {
      if (!wanted(name)) return;
      double const ours = seconds_of(how, data, runs);
      if (std::string_view(solver) == "conjugate_gradient") say_limit(how.factors, how.sweeps, data, ours);
      bench::say(name, ours,
                 bench::fastest_peer("KINDRED_IMPLICIT_ALS", clicks.path() + ' ' + std::to_string(how.factors) + ' ' +
                                                                 std::to_string(how.sweeps) + ' ' + solver));
    };
    compare("factor/implicit_als/800k", implicit_als<>{.factors = 64, .sweeps = 15}, "conjugate_gradient");
    compare("factor/implicit_als/256/800k", implicit_als<>{.factors = 256, .sweeps = 15}, "conjugate_gradient");
    compare("factor/implicit_als/exact/800k", implicit_als<cholesky>{.factors = 64, .sweeps = 15}, "cholesky");
    compare("factor/implicit_als/subspace/800k", implicit_als<subspace>{.factors = 64, .sweeps = 15}, "subspace");
    if (wanted("factor/implicit_als/2_threads"))
      bench::say_two_threads("factor/implicit_als/2_threads", [&](auto& pool) {
        static_cast<void>(fit(implicit_als<>{.factors = 64, .sweeps = 15}, data, pool));
      });
  }
  if (wanted("factor/implicit_als/20m factor/implicit_als/256/20m")) {
    auto const data = ratings<float>::from(
        testing::generate_ratings({.users = 1000000, .items = 100000, .ratings = 20000000, .rank = 16}));
    bench::rating_file const clicks("kindred_bench_clicks.txt", data);
    for (unsigned const factors : {64u, 256u}) {
      double const ours = seconds_of(implicit_als<>{.factors = factors, .sweeps = 1}, data, 1);
      say_limit(factors, 1, data, ours);
      auto const peer = bench::fastest_peer("KINDRED_IMPLICIT_ALS",
                                            clicks.path() + ' ' + std::to_string(factors) + " 1 conjugate_gradient");
      bench::say(factors == 64 ? "factor/implicit_als/20m" : "factor/implicit_als/256/20m", ours, peer);
    }
  }
}
