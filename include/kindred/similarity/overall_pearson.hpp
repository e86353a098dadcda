// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/shared_cosine.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Pearson correlation with the mean of the whole row instead of the mean over the shared columns, in [-1, 1]; 0 when no column
// is shared or either row stays at its mean on them. Symmetric to the bit. (Breese, Heckerman and Kadie, "Empirical analysis
// of predictive algorithms for collaborative filtering", 1998, equation 2.)
//
// Steadier than pearson where few columns are shared, for the means rest on all values; it is shared_cosine of rows that are
// measured from their mean.
struct overall_pearson {
  static constexpr comparison_traits traits = shared_cosine::traits;

  using sums = shared_cosine::sums;

  [[nodiscard]] double center(row_sums const& row) const noexcept { return row.count != 0 ? row.sum / row.count : 0; }
  [[nodiscard]] double finish(sums const& shared, row_sums const&, row_sums const&) const noexcept {
    return shared.cosine();
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
