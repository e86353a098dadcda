// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Jensen-Shannon distance: the root of the mean divergence, in nats, of two distributions from their middle. Between rows
// that are nowhere negative and sum to one it lies in [0, sqrt(ln 2)]. A metric (Endres and Schindelin, "A new metric for
// probability distributions", 2003), with the root; of any rows, for what is negative counts as zero.
//
// With s = a + b and x = |a - b| / s a column adds s/2 ((1 + x) ln(1 + x) + (1 - x) ln(1 - x)): the usual formula, in a form
// that is symmetric to the last bit. For rows that nearly agree both logarithms cancel, and the series of their sum takes
// over.
struct jensen_shannon {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  static constexpr bool monotone = true;

  template <class V>
  [[nodiscard]] V step(V sum, V a, V b) const noexcept {
    using T = math::scalar_t<V>;
    V const zero(T{0});
    V const one(T{1});
    a = math::larger(a, zero);
    b = math::larger(b, zero);
    V const size = a + b;
    V const x = math::abs(V(a - b)) / math::select(size > zero, size, one);
    V const less = one - x;
    V const logs = (one + x) * math::log(V(one + x)) + less * math::log(math::select(less > zero, less, one));
    return sum + size * math::select(x < V(T{0.125}), series(V(x * x)), logs);
  }
  template <real T>
  [[nodiscard]] T finish(T sum) const noexcept {
    return math::sqrt(sum / 4);
  }
  template <real T>
  [[nodiscard]] T sum_at(T distance) const noexcept {
    return 4 * distance * distance;
  }

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return distance_of(*this, a, b);
  }

private:
  // (1 + x) ln(1 + x) + (1 - x) ln(1 - x) = sum over n of x^2n / (n (2n - 1)), for x up to 1/8.
  template <class V>
  [[nodiscard]] static V series(V square) noexcept {
    using T = math::scalar_t<V>;
    V sum(T{1} / (8 * 15));
    for (int n = 7; n != 0; --n) sum = math::multiply_add(sum, square, V(T{1} / static_cast<T>(n * (2 * n - 1))));
    return sum * square;
  }
};

KINDRED_END
