// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/metric/products.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// The inner product, sum a b, as a similarity: what a factor model scores with, and what its nearest items are by. Long rows
// are like everybody; a row need not be most alike to itself.
struct dot_product {
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer, .symmetric = true};

  using kernel_step = kernel::dot_step;

  template <class V>
  [[nodiscard]] V step(V sum, V a, V b) const noexcept {
    return kernel::dot_step{}(sum, a, b);
  }
  template <real T>
  [[nodiscard]] T finish(T sum) const noexcept {
    return sum;
  }

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return distance_of(*this, a, b);
  }

  template <real T>
  [[nodiscard]] product_bound<T> product_at_least(T limit, T, T) const noexcept {
    return {limit, 0, 0};
  }
};

KINDRED_END
