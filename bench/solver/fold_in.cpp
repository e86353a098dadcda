// SPDX-License-Identifier: BSL-1.0
// bench: factor/fold_in
// flags: -O3 -march=native
//
// Microseconds of one thread to fold in a visitor with 50 events at 64 factors: the exact solution of their equations, memory
// for it included, by a model of 20 000 users and 4000 items.

#include <kindred/factor/live_als.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

int main() {
  using namespace kindred;
  auto const data =
      ratings<float>::from(testing::generate_ratings({.users = 20000, .items = 4000, .ratings = 500000, .rank = 16}));
  auto const model = fit(live_als<>{{.factors = 64, .sweeps = 2}}, data).model;
  std::vector<index_t> index(50);
  std::vector<float> const value(50, 1.0f);
  std::vector<double> took;
  double sum = 0;
  for (int run = 0; run != 7; ++run) {
    constexpr int visitors = 5000;
    std::clock_t const start = std::clock();
    for (int v = 0; v != visitors; ++v) {
      for (index_t k = 0; k != 50; ++k) index[k] = k * 79 + static_cast<index_t>(v) % 79;
      sum += static_cast<double>(model.taste_of({index, value})[0]);
    }
    took.push_back(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / visitors * 1e6);
  }
  std::sort(took.begin(), took.end());
  std::printf("(%g)\nBENCH factor/fold_in ours=%.2f peer=absent unit=us\n", sum, took[3]);
}
