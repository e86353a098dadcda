// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/metric/products.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <array>

KINDRED_BEGIN

// Cosine distance, 1 - a . b / (|a| |b|), in [0, 2]: how different two directions are, whatever the lengths. 1, "unrelated",
// when either row is all zeros, or when its squares overflow.
//
// Not a metric; angular is, with the same order. Two directions that nearly agree have a distance of rounding errors.
struct cosine_distance {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .lowest = 0, .highest = 2};
  static constexpr std::size_t sums = 3;  // a . b, a . a, b . b

  using kernel_step = kernel::products_step;

  template <class V>
  [[nodiscard]] std::array<V, 3> step(std::array<V, 3> sum, V a, V b) const noexcept {
    return kernel::products_step{}(sum, a, b);
  }
  template <real T>
  [[nodiscard]] T finish(std::array<T, 3> sum) const noexcept {
    T const norms = math::sqrt(sum[1]) * math::sqrt(sum[2]);
    if (!(norms > 0) || !is_finite(norms)) return 1;
    T const distance = 1 - sum[0] / norms;
    return distance < 0 ? T{0} : distance > 2 ? T{2} : distance;
  }

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return distance_of(*this, a, b);
  }

  template <real T>
  [[nodiscard]] product_bound<T> product_at_least(T limit, T, T norm) const noexcept {
    return {0, (1 - limit) * norm, 0};
  }
};

KINDRED_END
