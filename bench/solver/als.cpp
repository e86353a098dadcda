// SPDX-License-Identifier: BSL-1.0
// flags: -O3 -march=native
// bench: factor/als/800k factor/als/800k/sweep factor/als/2_threads factor/ccd/2_threads
//
// CPU seconds of one thread that alternating least squares with biases and 50 factors takes to the held-out error that the peer
// reaches in 15 sweeps, and for one sweep of each, on generated ratings: a truth of rank 16 plus noise, a long tail; 800 000 of
// 20 000 users and 4000 items to train by. Both take three steps of conjugate gradients from where the vector was, and the same
// penalty, times the ratings of a user or item.
//
// KINDRED_EXPLICIT_ALS names a peer, `name:command`. The command is given a file of `user item rating` lines to train by, one to
// test by, the number of factors, the number of sweeps and the penalty; it prints the processor seconds of its fit on one thread
// and the error of the file to test by.
//
// The limit is arithmetic: most of a sweep is sums over ratings, which conjugate gradients cannot avoid, two flops a factor for either
// use of a vector in every step. What of them are done in a second, beside what kernel::dot does of rows that lie in the nearest
// cache, stands above the figure.
//
// 2_threads are seconds of the wall of 15 sweeps of als, and of five of ccd, beside those on one thread. A word after the program picks
// the figures whose names contain it.

#include "held_out.hpp"
#include "limits.hpp"
#include "two_threads.hpp"

#include <kindred/factor/als.hpp>
#include <kindred/factor/ccd.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace {

constexpr kindred::index_t factors = 50;
constexpr int sweeps = 15, runs = 3;

bench::figure peer_figure(std::string const& command, bench::split const& data, double penalty) {
  auto const place = std::filesystem::temp_directory_path() / "kindred_bench_als";
  std::filesystem::create_directories(place);
  bench::write(data.train, place / "train");
  bench::write(data.test, place / "test");
  std::string const line = command + ' ' + (place / "train").string() + ' ' + (place / "test").string() + ' ' +
                           std::to_string(factors) + ' ' + std::to_string(sweeps) + ' ' + std::to_string(penalty) +
                           " >" + (place / "said").string();
  bench::figure out;
  out.seconds = bench::median_of(runs, [&] {
    double seconds = 0;
    if (std::system(line.c_str()) == 0) std::ifstream(place / "said") >> seconds >> out.rmse;
    return seconds;
  });
  std::filesystem::remove_all(place);
  return out;
}

void compare(bench::split const& data) {
  double const penalty = 0.08;
  char const* const named = std::getenv("KINDRED_EXPLICIT_ALS");
  std::string const peer = named == nullptr ? "" : named;
  auto const colon = peer.find(':');
  bench::figure const theirs =
      colon == peer.npos ? bench::figure{} : peer_figure(peer.substr(colon + 1), data, penalty);
  std::string const name = theirs.seconds > 0 ? peer.substr(0, colon) : "";

  bench::figure ours;
  ours.seconds = bench::median_of(runs, [&] {
    auto const one = bench::train_to(
        theirs.rmse, kindred::als<>{.factors = factors, .sweeps = sweeps, .regularization = penalty}, sweeps, data);
    ours.rmse = one.rmse;
    ours.rounds = one.rounds;
    return one.seconds;
  });
  std::printf("%u sweeps to RMSE %.4f\n", ours.rounds, ours.rmse);
  bench::say_flops("in the sums over ratings",
                   ours.rounds * 2 * 4.0 * 4 * factors * static_cast<double>(data.train.size()), ours.seconds);
  if (!name.empty()) std::printf("%s: %d sweeps to RMSE %.4f\n", name.c_str(), sweeps, theirs.rmse);
  bench::say("factor/als/800k", ours.seconds, {name, theirs.seconds});
  bench::say("factor/als/800k/sweep", ours.seconds / ours.rounds, {name, theirs.seconds / sweeps});
}

}  // namespace

int main(int count, char** words) {
  auto const wanted = [&](std::string_view name) { return count < 2 || name.find(words[1]) != name.npos; };
  auto const data = bench::split_of(kindred::ratings<float>::from(
      kindred::testing::generate_ratings({.users = 20000, .items = 4000, .ratings = 1000000, .rank = 16})));
  if (wanted("factor/als/800k factor/als/800k/sweep")) compare(data);
  if (wanted("factor/als/2_threads"))
    bench::say_two_threads("factor/als/2_threads", [&](auto& pool) {
      static_cast<void>(kindred::fit(kindred::als<>{.factors = factors, .sweeps = sweeps}, data.train, pool));
    });
  if (wanted("factor/ccd/2_threads"))
    bench::say_two_threads("factor/ccd/2_threads", [&](auto& pool) {
      static_cast<void>(kindred::fit(kindred::ccd<>{.sweeps = 5}, data.train, pool));
    });
}
