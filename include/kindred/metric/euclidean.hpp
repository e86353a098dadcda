// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/metric/products.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Euclidean distance: the length of the straight line, sqrt(sum (a - b)^2). A metric. Infinite when squares overflow (values
// beyond 10^19 in float, 10^154 in double).
struct euclidean {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  static constexpr bool monotone = true;

  using kernel_step = kernel::squared_l2_step;

  template <class V>
  [[nodiscard]] V step(V sum, V a, V b) const noexcept {
    return kernel::squared_l2_step{}(sum, a, b);
  }
  template <real T>
  [[nodiscard]] T finish(T sum) const noexcept {
    return math::sqrt(sum);
  }
  template <real T>
  [[nodiscard]] T sum_at(T distance) const noexcept {
    return distance * distance;
  }

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return distance_of(*this, a, b);
  }

  // |a - b| <= limit where a . b >= (|a|^2 + |b|^2 - limit^2) / 2.
  template <real T>
  [[nodiscard]] product_bound<T> product_at_least(T limit, T squares, T) const noexcept {
    return {(squares - limit * limit) / 2, 0, T{0.5}};
  }
};

KINDRED_END
