// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/shared_cosine.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Pearson correlation about a fixed midpoint of the scale, in [-1, 1]: two rows agree when both lie above it, or both below
// (Shardanand and Maes, "Social information filtering", 1995). 0 when no column is shared or either row stays at the
// midpoint on them. Symmetric to the bit.
struct constrained_pearson {
  static constexpr comparison_traits traits = shared_cosine::traits;

  double midpoint = 3;  // neither liked nor disliked; 3 of 5 stars, 4 of 7

  using sums = shared_cosine::sums;

  [[nodiscard]] double center(row_sums const&) const noexcept { return midpoint; }
  [[nodiscard]] double finish(sums const& shared, row_sums const&, row_sums const&) const noexcept {
    return shared.cosine();
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }

  void check() const {
    if (!is_finite(midpoint))
      raise(error(error_kind::setting) << "constrained_pearson: midpoint = " << midpoint
                                       << "; it has to be a finite number");
  }
};

KINDRED_END
