// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/product_sum.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>

KINDRED_BEGIN

// Cosine similarity: dot(a, b) / (|a| |b|), in [-1, 1]; 0 when either row is all zeros, or so large or small (beyond 10^140
// or below 10^-140) that the squares of its values leave the range of double. Symmetric to the bit.
//
// A missing value is a zero, so the norms run over the whole rows and sharing one column among many is weak evidence. (Over
// shared columns alone, as shared_cosine computes it, any two rows that share one are alike.) Zero rows are common in
// sparse data; 0, "no evidence", keeps neighbor lists total. Not a metric.
struct cosine {
  static constexpr comparison_traits traits{
      .direction = sense::larger_is_closer, .symmetric = true, .lowest = -1, .highest = 1};

  using sums = product_sum;
  using row = double;  // 1 / |a|

  [[nodiscard]] double of(row_sums const& a) const noexcept {
    return a.squares > 1e-280 && a.squares < 1e280 ? 1 / std::sqrt(a.squares) : 0;
  }
  [[nodiscard]] double first(row const& a) const noexcept { return a; }
  [[nodiscard]] double second(row const& b) const noexcept { return b; }
  [[nodiscard]] double finish(sums const& shared, double a, double b) const noexcept {
    double const scale = a * b;
    if (scale == 0) return 0;  // the product may be infinite
    double const c = shared.product * scale;
    return c > 1 ? 1 : c < -1 ? -1 : c;
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
