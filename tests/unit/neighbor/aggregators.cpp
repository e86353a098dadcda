// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/aggregator.hpp>
#include <kindred/neighbor/weighted_mean.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/neighbor/weighted_sum.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

using kindred::weighted_mean;
using kindred::weighted_median;
using kindred::weighted_sum;

static_assert(kindred::additive_aggregator<weighted_mean, float> && kindred::additive_aggregator<weighted_sum, double>);
static_assert(kindred::collecting_aggregator<weighted_median, float> &&
              !kindred::additive_aggregator<weighted_median, float>);
static_assert(!kindred::collecting_aggregator<weighted_mean, float> && !kindred::aggregator<int, float>);

namespace {

template <class T, class A>
T together(A const& how, std::vector<T> const& weight, std::vector<T> const& value) {
  typename A::template sums<T> all{};
  for (std::size_t k = 0; k != weight.size(); ++k) all.add(weight[k], value[k]);
  T const result = how.finish(all);
  T shares = 0;
  for (std::size_t k = 0; k != weight.size(); ++k) shares += how.share(all, weight[k], value[k]);
  CHECK(shares == doctest::Approx(result));
  return result;
}

template <class T>
T median(std::vector<T> const& weight, std::vector<T> const& value, std::size_t decides) {
  weighted_median const how;
  std::vector<T> share(weight.size(), T{9});
  how.shares(std::span<T const>(weight), std::span<T const>(value), std::span<T>(share));
  T const result = how(std::span<T const>(weight), std::span<T const>(value));
  for (std::size_t k = 0; k != share.size(); ++k) CHECK(share[k] == (k == decides ? result : T{0}));
  return result;
}

}  // namespace

TEST_CASE_TEMPLATE("weighted_mean: votes by weight, and one that abstains", T, float, double) {
  CHECK(together<T>(weighted_mean{.damping = 0}, {1, 3}, {2, -2}) == -1);  // (2 - 6) / 4
  CHECK(together<T>(weighted_mean{}, {1, 2}, {2, 1}) == 1);                // 4 / (1 + 3)
  CHECK(together<T>(weighted_mean{.damping = 0}, {}, {}) == 0);
}

TEST_CASE_TEMPLATE("weighted_sum: votes by weight, added up", T, float, double) {
  CHECK(together<T>(weighted_sum{}, {1, 3}, {2, -2}) == -4);
  CHECK(together<T>(weighted_sum{.scale = 0.5}, {1, 3}, {2, -2}) == -2);
  CHECK(together<T>(weighted_sum{}, {}, {}) == 0);
}

TEST_CASE_TEMPLATE("weighted_median: the least value that half of all weight does not exceed", T, float, double) {
  CHECK(median<T>({1}, {7}, 0) == 7);
  CHECK(median<T>({1, 1, 1}, {3, 1, 2}, 2) == 2);
  CHECK(median<T>({1, 1}, {3, 1}, 1) == 1);  // half say no more than 1
  CHECK(median<T>({5, 1, 1}, {9, 1, 2}, 0) == 9);
  CHECK(median<T>({2, 2, 1}, {4, 4, 4}, 1) == 4);  // 2 of 5, then 4 of 5: the second decides
}
