// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Hellinger distance, sqrt(sum (sqrt a - sqrt b)^2 / 2) (Hellinger, 1909): between distributions, rows that are nowhere
// negative and sum to one, it lies in [0, 1]. A metric, of any rows: what is negative counts as zero.
//
// sqrt a - sqrt b is (a - b) / (sqrt a + sqrt b), which keeps its digits where a and b nearly agree.
struct hellinger {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  static constexpr bool monotone = true;

  template <class V>
  [[nodiscard]] V step(V sum, V a, V b) const noexcept {
    V const zero(math::scalar_t<V>{0});
    V const one(math::scalar_t<V>{1});
    a = math::larger(a, zero);
    b = math::larger(b, zero);
    V const roots = math::sqrt(a) + math::sqrt(b);
    V const gap = (a - b) / math::select(roots > zero, roots, one);
    return math::multiply_add(gap, gap, sum);
  }
  template <real T>
  [[nodiscard]] T finish(T sum) const noexcept {
    return math::sqrt(sum / 2);
  }
  template <real T>
  [[nodiscard]] T sum_at(T distance) const noexcept {
    return 2 * distance * distance;
  }

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return distance_of(*this, a, b);
  }
};

KINDRED_END
