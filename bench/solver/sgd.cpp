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

#include <kindred/factor/sgd.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <sys/resource.h>

namespace {

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using data_set = kindred::ratings<float>;

double own_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Of all programs that were run and have ended.
double their_seconds() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  auto const seconds = [](timeval const& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double median_of(int runs, auto const& measure) {
  std::vector<double> all;
  for (int k = 0; k != runs; ++k) all.push_back(measure());
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

double rmse(auto const& model, data_set const& test) {
  double sum = 0;
  for (index_t u = 0; u != test.user_count(); ++u) {
    auto const row = test.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) {
      double const wrong =
          static_cast<double>(kindred::score_of(model, user_id{u}, item_id{row.index[k]}) - row.value[k]);
      sum += wrong * wrong;
    }
  }
  return std::sqrt(sum / static_cast<double>(test.size()));
}

void write(data_set const& data, std::filesystem::path const& path) {
  std::ofstream out(path);
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) out << u << ' ' << row.index[k] << ' ' << row.value[k] << '\n';
  }
}

struct figure {
  double rmse = 0;
  double seconds = 0;
};

figure libmf(std::string const& folder, data_set const& train, data_set const& test, index_t factors, int runs) {
  auto const place = std::filesystem::temp_directory_path() / "kindred_bench_sgd";
  std::filesystem::create_directories(place);
  write(train, place / "train");
  write(test, place / "test");
  auto const run = [&](int passes) {
    std::string const command = folder + "/mf-train --quiet -k " + std::to_string(factors) +
                                " -l2 0.05 -r 0.1 -s 1 -t " + std::to_string(passes) + " " +
                                (place / "train").string() + " " + (place / "model").string() + " >/dev/null";
    double const before = their_seconds();
    static_cast<void>(std::system(command.c_str()));
    return their_seconds() - before;
  };
  figure out;
  out.seconds = median_of(runs, [&] { return run(21) - run(1); });
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

// Trains until the error is as low as `goal`, at most 60 epochs, without counting the time of looking.
figure ours(data_set const& train, data_set const& test, index_t factors, double goal, std::uint32_t& epochs) {
  kindred::sgd<> recipe{.factors = factors, .epochs = 60};
  recipe.vector.strength = 0.05;
  recipe.rate = {.rate = 0.08, .decay = 0.25};
  if (goal == 0) recipe.epochs = 20;
  kindred::sequential ex;
  figure out;
  double last = own_seconds();
  auto training = recipe.begin(train);
  recipe.advance(training, train, recipe.epochs, ex, [&](auto const& now) {
    out.seconds += own_seconds() - last;
    out.rmse = rmse(now.model, test);
    epochs = now.report.epochs;
    last = own_seconds();
    return out.rmse <= goal ? kindred::flow::stop : kindred::flow::proceed;
  });
  return out;
}

void compare(char const* name, kindred::testing::long_tail_settings const& how, index_t factors, int runs) {
  auto const all = data_set::from(kindred::testing::generate_ratings(how));
  std::vector<std::uint8_t> held_out(all.size());
  for (std::size_t k = 0; k != all.size(); ++k) held_out[k] = kindred::mix(1, k) % 5 == 0;
  auto const test = all.selected(held_out);
  for (auto& mark : held_out) mark = mark == 0;
  auto const train = all.selected(held_out);

  char const* const folder = std::getenv("KINDRED_LIBMF");
  figure const peer = folder != nullptr ? libmf(folder, train, test, factors, runs) : figure{};
  std::uint32_t epochs = 0;
  double reached = 0;
  double const seconds = median_of(runs, [&] {
    figure const one = ours(train, test, factors, peer.rmse, epochs);
    reached = one.rmse;
    return one.seconds;
  });
  std::printf("%s: %u epochs to RMSE %.4f, %.1f ns a rating and epoch\n", name, epochs, reached,
              seconds / epochs / static_cast<double>(train.size()) * 1e9);
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
