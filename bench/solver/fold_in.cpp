// SPDX-License-Identifier: BSL-1.0
// bench: factor/fold_in factor/fold_in/ratings
// flags: -O3 -march=native
//
// Microseconds of one thread, of models of 20 000 users and 4000 items: to fold in a visitor with 50 events at 64 factors, the exact
// solution of their equations, memory for it included; and (ratings) for the fiftieth rating of somebody at 40 factors to be taken in,
// kept, and learned from. What folding in is worth, bench/accuracy/fold_in.cpp measures.

#include <kindred/core/id.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/live_als.hpp>
#include <kindred/factor/live_factors.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

namespace {

using namespace kindred;

// Microseconds that each of `count` calls of work(k) takes, begun by prepare(run): the median of seven.
double microseconds_each(index_t count, auto const& prepare, auto const& work) {
  std::vector<double> took;
  for (index_t run = 0; run != 7; ++run) {
    prepare(run);
    std::clock_t const start = std::clock();
    for (index_t k = 0; k != count; ++k) work(run * count + k);
    took.push_back(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / count * 1e6);
  }
  std::sort(took.begin(), took.end());
  return took[3];
}

// The k-th of 50 items, another set for every visitor.
index_t item_of(index_t visitor, index_t k) { return k * 79 + visitor % 79; }

}  // namespace

int main() {
  auto const data =
      ratings<float>::from(testing::generate_ratings({.users = 20000, .items = 4000, .ratings = 500000, .rank = 16}));
  {
    auto const model = fit(live_als<>{{.factors = 64, .sweeps = 2}}, data).model;
    std::vector<index_t> index(50);
    std::vector<float> const value(50, 1.0f);
    double sum = 0;
    double const each = microseconds_each(
        5000, [](index_t) {},
        [&](index_t v) {
          for (index_t k = 0; k != 50; ++k) index[k] = item_of(v, k);
          sum += static_cast<double>(model.taste_of({index, value})[0]);
        });
    std::printf("(%g)\nBENCH factor/fold_in ours=%.2f peer=absent unit=us\n", sum, each);
  }
  auto model = fit(live_factors<sgd<>>{.how = {.factors = 40, .epochs = 2}}, data).model;
  auto const rate = [&](index_t v, index_t k) {
    model.update(user_id{data.user_count() + v}, item_id{item_of(v, k)}, static_cast<float>(1 + mix(1, v, k) % 5));
  };
  constexpr index_t visitors = 500;
  double const each = microseconds_each(
      visitors,
      [&](index_t run) {
        for (index_t v = run * visitors; v != (run + 1) * visitors; ++v)
          for (index_t k = 0; k != 49; ++k) rate(v, k);
      },
      [&](index_t v) { rate(v, 49); });
  std::printf("BENCH factor/fold_in/ratings ours=%.2f peer=absent unit=us\n", each);
}
