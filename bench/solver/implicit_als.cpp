// SPDX-License-Identifier: BSL-1.0
// bench: factor/implicit_als/800k factor/implicit_als/exact/800k factor/implicit_als/subspace/800k factor/implicit_als/20m
// flags: -O3 -march=native
//
// Processor seconds of one thread for alternating least squares on generated clicks: 15 sweeps on 800 000 of 6040 users and 3706
// items with 64 factors, and one sweep on 20 million of a million users and 100 000 items with 64 and with 256.
//
// KINDRED_IMPLICIT_ALS names a program that is given a file of `user item` lines, the number of factors and of sweeps, and prints
// the processor seconds of its fit: a peer's. Limits are said for the sums that conjugate gradients cannot avoid, two flops a
// factor for either use of a vector in every step.

#include <kindred/factor/implicit_als.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kindred;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

template <class How>
double seconds_of(How const& how, ratings<float> const& data, int runs) {
  std::vector<double> took;
  double objective = 0;
  for (int k = 0; k != runs; ++k) {
    double const start = cpu_seconds();
    objective = fit(how, data).report.objective;
    took.push_back(cpu_seconds() - start);
  }
  std::sort(took.begin(), took.end());
  double const median = took[took.size() / 2];
  std::printf("%u factors, %u sweeps: %.3f s, objective %.6g\n", how.factors, how.sweeps, median, objective);
  return median;
}

double peer_seconds(ratings<float> const& data, unsigned factors, unsigned sweeps) {
  char const* const program = std::getenv("KINDRED_IMPLICIT_ALS");
  if (program == nullptr) return 0;
  auto const place = std::filesystem::temp_directory_path() / "kindred_bench_implicit_als";
  std::filesystem::create_directories(place);
  std::ofstream out(place / "clicks");
  for (index_t u = 0; u != data.user_count(); ++u)
    for (index_t const i : data.of(user_id{u}).index) out << u << ' ' << i << '\n';
  out.close();
  std::string const command = std::string(program) + " " + (place / "clicks").string() + " " + std::to_string(factors) +
                              " " + std::to_string(sweeps) + " >" + (place / "said").string();
  double seconds = 0;
  if (std::system(command.c_str()) == 0) std::ifstream(place / "said") >> seconds;
  std::filesystem::remove_all(place);
  return seconds;
}

void say(char const* name, double ours, double peer) {
  if (peer > 0)
    std::printf("BENCH %s ours=%.3f peer=%s:%.3f ratio=%.2f unit=s\n", name, ours, "implicit", peer, peer / ours);
  else std::printf("BENCH %s ours=%.3f peer=absent unit=s\n", name, ours);
}

}  // namespace

int main(int count, char** arguments) {
  std::string_view const only = count > 1 ? arguments[1] : "";
  auto const wanted = [&](std::string_view name) { return name.find(only) != name.npos; };
  constexpr int runs = 5;
  if (wanted("factor/implicit_als/800k factor/implicit_als/exact/800k factor/implicit_als/subspace/800k")) {
    auto const data =
        ratings<float>::from(testing::generate_ratings({.users = 6040, .items = 3706, .ratings = 800000, .rank = 16}));
    double const peer = peer_seconds(data, 64, 15);
    double const ours = seconds_of(implicit_als<>{.factors = 64, .sweeps = 15}, data, runs);
    double const flops = 15 * 2 * 4.0 * 4 * 64 * static_cast<double>(data.size());
    std::printf("%.1f GFLOP/s in the sums over events\n", flops / ours / 1e9);
    say("factor/implicit_als/800k", ours, peer);
    say("factor/implicit_als/exact/800k", seconds_of(implicit_als<cholesky>{.factors = 64, .sweeps = 15}, data, runs),
        0);
    say("factor/implicit_als/subspace/800k",
        seconds_of(implicit_als<subspace>{.factors = 64, .sweeps = 15}, data, runs), 0);
  }
  if (wanted("factor/implicit_als/20m")) {
    auto const data = ratings<float>::from(
        testing::generate_ratings({.users = 1000000, .items = 100000, .ratings = 20000000, .rank = 16}));
    for (unsigned const factors : {64u, 256u}) {
      double const one = seconds_of(implicit_als<>{.factors = factors, .sweeps = 1}, data, 1);
      double const three = seconds_of(implicit_als<>{.factors = factors, .sweeps = 3}, data, 1);
      double const peer = peer_seconds(data, factors, 3) - peer_seconds(data, factors, 1);
      std::printf("a sweep with %u factors\n", factors);
      say("factor/implicit_als/20m", (three - one) / 2, peer / 2);
    }
  }
}
