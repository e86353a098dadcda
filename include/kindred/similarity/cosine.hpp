// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>

KINDRED_BEGIN

// Cosine similarity: dot(a, b) / (|a| |b|), in [-1, 1]; 0 when either row is all zeros, or so large (beyond 10^154) that
// the squares of its values overflow.
//
// A missing value is a zero, so the norms run over the whole rows and sharing one column among many is weak evidence. (A
// cosine over shared columns alone, as some libraries compute it, is 1 for any two rows that share one.) Zero rows are
// common in sparse data; 0, "no evidence", keeps neighbor lists total. Not a metric.
struct cosine {
  static constexpr comparison_traits traits{
      .direction = sense::larger_is_closer, .symmetric = true, .lowest = -1, .highest = 1};

  struct sums {
    index_t count = 0;
    double product = 0;
    constexpr void add(double a, double b) noexcept {
      ++count;
      product += a * b;
    }
  };

  [[nodiscard]] double finish(sums const& shared, row_sums const& a, row_sums const& b) const noexcept {
    double const norms = std::sqrt(a.squares) * std::sqrt(b.squares);
    if (!(norms > 0) || !is_finite(norms)) return 0;
    double const c = shared.product / norms;
    return c > 1 ? 1 : c < -1 ? -1 : c;
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
