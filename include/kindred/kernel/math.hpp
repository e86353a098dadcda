// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>

#include <cmath>

KINDRED_BEGIN

// Functions that exist for numbers and for registers full of them, so that the step of a distance is written once: V is
// float, double, or a batch of either (those join when kernel/batch.hpp is included). Operators + - * / and comparisons
// exist for both anyway; what a comparison gives is for select.
//
// smaller, larger, abs, sqrt, select and the operators are correctly rounded and so the same everywhere; exp, log and pow
// are good to a few units in the last place, and differ between a batch and a number. (The names min and max are taken by
// macros of some systems.)
namespace math {

namespace detail {

// What the functions below do for V. Specialized for batches in kernel/batch.hpp.
template <class V>
struct arithmetic;

template <real T>
struct arithmetic<T> {
  using scalar = T;
  static T abs(T x) noexcept { return std::abs(x); }
  static T sqrt(T x) noexcept { return std::sqrt(x); }
  static T exp(T x) noexcept { return std::exp(x); }
  static T log(T x) noexcept { return std::log(x); }
  static T pow(T x, T power) noexcept { return std::pow(x, power); }
  static T smaller(T x, T y) noexcept { return x < y ? x : y; }
  static T larger(T x, T y) noexcept { return x > y ? x : y; }
  static T select(bool condition, T x, T y) noexcept { return condition ? x : y; }
  static T multiply_add(T x, T y, T sum) noexcept {
#if !defined(KINDRED_DISPATCH) && (defined(__FMA__) || defined(__ARM_FEATURE_FMA))
    return std::fma(x, y, sum);
#else
    return x * y + sum;
#endif
  }
};

}  // namespace detail

// The number that a V is, or is a batch of.
template <class V>
using scalar_t = typename detail::arithmetic<V>::scalar;

template <class V>
[[nodiscard]] V abs(V x) noexcept {
  return detail::arithmetic<V>::abs(x);
}

template <class V>
[[nodiscard]] V sqrt(V x) noexcept {
  return detail::arithmetic<V>::sqrt(x);
}

template <class V>
[[nodiscard]] V exp(V x) noexcept {
  return detail::arithmetic<V>::exp(x);
}

template <class V>
[[nodiscard]] V log(V x) noexcept {
  return detail::arithmetic<V>::log(x);
}

template <class V>
[[nodiscard]] V pow(V x, V power) noexcept {
  return detail::arithmetic<V>::pow(x, power);
}

// The smaller of two; y when one of them is NaN.
template <class V>
[[nodiscard]] V smaller(V x, V y) noexcept {
  return detail::arithmetic<V>::smaller(x, y);
}

// The larger of two; y when one of them is NaN.
template <class V>
[[nodiscard]] V larger(V x, V y) noexcept {
  return detail::arithmetic<V>::larger(x, y);
}

// x where the condition holds, else y. The condition is what comparing two V gives: select(a < b, a, b).
template <class Condition, class V>
[[nodiscard]] V select(Condition condition, V x, V y) noexcept {
  return detail::arithmetic<V>::select(condition, x, y);
}

// x * y + sum: with one rounding where the instruction set has that instruction, twice as fast; with two under
// KINDRED_DISPATCH, where all instruction sets give the same bits.
template <class V>
[[nodiscard]] V multiply_add(V x, V y, V sum) noexcept {
  return detail::arithmetic<V>::multiply_add(x, y, sum);
}

}  // namespace math

KINDRED_END
