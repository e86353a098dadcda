// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/product_sum.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Tanimoto's coefficient: dot(a, b) / (|a|^2 + |b|^2 - dot(a, b)), in [-1/3, 1]; 0 when either row is all zeros or squares
// leave the range of double. Symmetric to the bit. (Tanimoto, IBM internal report, 1958.)
//
// Of ones it is Jaccard's index. 1 only for equal rows, where cosine is 1 for rows of one direction.
struct tanimoto {
  static constexpr comparison_traits traits{
      .direction = sense::larger_is_closer, .symmetric = true, .lowest = -1.0 / 3, .highest = 1};

  using sums = product_sum;
  using row = double;  // |a|^2

  [[nodiscard]] double of(row_sums const& a) const noexcept { return a.squares; }
  [[nodiscard]] double finish(sums const& shared, double a, double b) const noexcept {
    double const rest = a + b - shared.product;
    if (!(a > 0 && b > 0 && rest > 0) || !is_finite(rest)) return 0;
    double const s = shared.product / rest;
    return s > 1 ? 1 : s;
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
