// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/math.hpp>

#include <kindred/kernel/batch.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>

namespace {

namespace math = kindred::math;

template <class T>
using batch = kindred::kernel::batch<T>;

// f(x, y) of every lane.
template <class T>
std::array<T, batch<T>::size> lanes_of(T x, T y, auto const& f) {
  std::array<T, batch<T>::size> lane;
  f(batch<T>(x), batch<T>(y)).store_unaligned(lane.data());
  return lane;
}

// A function that gives a number and every lane of a batch the same bits.
template <class T>
void check_same(T x, T y, auto const& f) {
  for (T const lane : lanes_of(x, y, f)) {
    CHECK(lane == f(x, y));
    CHECK(std::signbit(lane) == std::signbit(f(x, y)));
  }
}

}  // namespace

TEST_CASE_TEMPLATE("math: the same for a number and for a batch", T, float, double) {
  static_assert(std::same_as<math::scalar_t<T>, T> && std::same_as<math::scalar_t<batch<T>>, T>);
  for (T const x : {T{-3}, T{-0.0}, T{0}, T{0.125}, T{2}})
    for (T const y : {T{-2}, T{0}, T{0.75}, T{7}}) {
      check_same(x, y, []<class V>(V a, V) { return math::abs(a); });
      check_same(x, y, []<class V>(V a, V b) { return math::sqrt(math::abs(V(a * b + b * b))); });
      check_same(x, y, []<class V>(V a, V b) { return math::select(a < b, a, V(a - b)); });
      if (x != y) check_same(x, y, []<class V>(V a, V b) { return math::smaller(a, b); });
      if (x != y) check_same(x, y, []<class V>(V a, V b) { return math::larger(a, b); });
      check_same(x, y, []<class V>(V a, V b) { return math::multiply_add(a, b, V(b + b)); });
    }
}

#if !defined(__FAST_MATH__)  // which knows no NaN
TEST_CASE_TEMPLATE("math: smaller and larger prefer the second to NaN", T, float, double) {
  T const nan = std::numeric_limits<T>::quiet_NaN();
  CHECK(math::smaller(nan, T{1}) == 1);
  CHECK(math::larger(nan, T{1}) == 1);
  CHECK(std::isnan(math::larger(T{1}, nan)));
}
#endif

TEST_CASE_TEMPLATE("math: exp, log and pow to a few units in the last place", T, float, double) {
  T const close = 8 * std::numeric_limits<T>::epsilon();
  for (T const x : {T{0.25}, T{0.5}, T{1.5}, T{3}, T{20}}) {
    CHECK(math::exp(x) == std::exp(x));
    CHECK(math::log(x) == std::log(x));
    CHECK(math::pow(x, T{1.5}) == std::pow(x, T{1.5}));
    for (T const lane : lanes_of(x, T{1.5}, []<class V>(V a, V) { return math::exp(a); }))
      CHECK(std::abs(lane - std::exp(x)) <= close * std::exp(x));
    for (T const lane : lanes_of(x, T{1.5}, []<class V>(V a, V) { return math::log(a); }))
      CHECK(std::abs(lane - std::log(x)) <= close * std::abs(std::log(x)));
    for (T const lane : lanes_of(x, T{1.5}, []<class V>(V a, V p) { return math::pow(a, p); }))
      CHECK(std::abs(lane - std::pow(x, T{1.5})) <= 8 * close * std::pow(x, T{1.5}));
  }
}
