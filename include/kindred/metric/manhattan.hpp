// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Manhattan distance, sum |a - b|: every column counts as much as it differs. A metric.
struct manhattan {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  static constexpr bool monotone = true;

  using kernel_step = kernel::l1_step;

  template <class V>
  [[nodiscard]] V step(V sum, V a, V b) const noexcept {
    return kernel::l1_step{}(sum, a, b);
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
