// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Chebyshev distance, max |a - b|: rows are as far apart as the column in which they differ most. A metric.
struct chebyshev {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  static constexpr bool monotone = true;

  using kernel_step = kernel::linf_step;
  using kernel_join = kernel::largest;

  template <class V>
  [[nodiscard]] V step(V largest, V a, V b) const noexcept {
    return kernel::linf_step{}(largest, a, b);
  }
  template <class V>
  [[nodiscard]] V join(V x, V y) const noexcept {
    return kernel::largest{}(x, y);
  }
  template <real T>
  [[nodiscard]] T finish(T largest) const noexcept {
    return largest;
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
