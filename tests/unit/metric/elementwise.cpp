// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/elementwise.hpp>

#include "rows.hpp"

#include <kindred/metric/euclidean.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace {

using kindred::dense_row;

// The least that is elementwise: no traits, no default, one kind of number at a time, no registers.
template <class T>
class of_numbers {
public:
  explicit of_numbers(int) noexcept {}
  T step(T sum, T a, T b) const noexcept { return sum + (a > b ? a - b : 2 * (b - a)); }
  T finish(T sum) const noexcept { return sum + 1; }
};

// Two sums that are joined in a way of their own: the smallest and the largest gap.
struct spread {
  static constexpr std::size_t sums = 2;

  template <class V>
  std::array<V, 2> step(std::array<V, 2> sum, V a, V b) const noexcept {
    return {kindred::math::smaller(sum[0], V(a - b)), kindred::math::larger(sum[1], V(a - b))};
  }
  template <class V>
  std::array<V, 2> join(std::array<V, 2> x, std::array<V, 2> y) const noexcept {
    return {kindred::math::smaller(x[0], y[0]), kindred::math::larger(x[1], y[1])};
  }
  template <kindred::real T>
  T finish(std::array<T, 2> sum) const noexcept {
    return sum[1] - sum[0];
  }
};

struct two_of_numbers {
  static constexpr std::size_t sums = 2;

  std::array<float, 2> step(std::array<float, 2> sum, float a, float b) const noexcept {
    return {sum[0] + a, sum[1] + b};
  }
  float finish(std::array<float, 2> sum) const noexcept { return sum[0] * 1000 + sum[1]; }
};

static_assert(kindred::elementwise<of_numbers<float>, float> && !kindred::elementwise<of_numbers<float>, double>);
static_assert(kindred::elementwise<spread, float> && kindred::elementwise<spread, double>);
static_assert(kindred::elementwise<two_of_numbers, float>);
static_assert(!kindred::monotone_elementwise<spread, float> &&
              kindred::monotone_elementwise<kindred::euclidean, float>);

}  // namespace

TEST_CASE_TEMPLATE("distance_of: a step of numbers is called number by number", T, float, double) {
  of_numbers<T> const how(0);
  for (std::size_t n = 0; n != 70; ++n) {
    std::vector<T> a, b;
    T wanted = 1;
    for (std::size_t k = 0; k != n; ++k) {
      a.push_back(static_cast<T>(k % 5));
      b.push_back(static_cast<T>(k % 3));
      wanted = how.step(wanted, a[k], b[k]);  // small integers: exact in any order
    }
    CHECK(kindred::distance_of(how, dense_row<T>(a), dense_row<T>(b)) == wanted);
  }
  std::vector<float> const a(40, 1.0f), b(40, 2.0f);
  CHECK(kindred::distance_of(two_of_numbers{}, dense_row<float>(a), dense_row<float>(b)) == 40080);
}

TEST_CASE_TEMPLATE("distance_of: several sums, joined their way", T, float, double) {
  for (std::size_t const n : {1u, 5u, 31u, 32u, 33u, 77u}) {
    std::vector<T> a(n, T{3}), b(n, T{3});
    a[n / 2] = 7;  // 4 more
    CHECK(kindred::distance_of(spread{}, dense_row<T>(a), dense_row<T>(b)) == 4);
    b[n - 1] += 2;  // and, elsewhere or not, 2 less
    CHECK(kindred::distance_of(spread{}, dense_row<T>(a), dense_row<T>(b)) == (n / 2 == n - 1 ? 2 : 6));
  }
}
