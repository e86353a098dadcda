// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/squared_gap.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>

KINDRED_BEGIN

// The length of the difference of two rows, computed in double: what rows are clustered by where another distance may be
// named.
struct euclidean_gap {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  template <real T>
  [[nodiscard]] double operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return std::sqrt(detail::squared_gap(a.data(), b.data(), a.size()));
  }
};

KINDRED_END
