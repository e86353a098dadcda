// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Hamming distance: in how many columns the rows differ (Hamming, 1950). For categories that are numbered; divide by the
// columns for a share. A metric. 0 and -0 are the same value.
struct hamming {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  static constexpr bool monotone = true;

  template <class V>
  [[nodiscard]] V step(V sum, V a, V b) const noexcept {
    return sum + math::select(a == b, V(math::scalar_t<V>{0}), V(math::scalar_t<V>{1}));
  }
  template <real T>
  [[nodiscard]] T finish(T sum) const noexcept {
    return sum;
  }
  template <real T>
  [[nodiscard]] T sum_at(T distance) const noexcept {
    return distance;
  }

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return distance_of(*this, a, b);
  }
};

KINDRED_END
