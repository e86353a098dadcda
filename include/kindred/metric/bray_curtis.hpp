// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <array>

KINDRED_BEGIN

// Bray-Curtis dissimilarity, sum |a - b| / sum (|a| + |b|), in [0, 1] (Bray and Curtis, 1957): of all there is in both rows,
// the share that is in one and not in the other. 0 when both rows are all zeros. Not a metric.
//
// For counts and amounts. Below zero, where others divide by |a + b|, which may vanish, magnitudes keep it in its range.
struct bray_curtis {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .lowest = 0, .highest = 1};
  static constexpr std::size_t sums = 2;  // of gaps, of sizes

  template <class V>
  [[nodiscard]] std::array<V, 2> step(std::array<V, 2> sum, V a, V b) const noexcept {
    return {sum[0] + math::abs(V(a - b)), sum[1] + (math::abs(a) + math::abs(b))};
  }
  template <real T>
  [[nodiscard]] T finish(std::array<T, 2> sum) const noexcept {
    return sum[1] > 0 ? math::smaller(sum[0] / sum[1], T{1}) : T{0};
  }

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return distance_of(*this, a, b);
  }
};

KINDRED_END
