// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>

KINDRED_BEGIN

// Cosine over the columns in which both rows have a value, and no others: the sum of a b over the roots of the sums of a a and
// b b, in [-1, 1]; 0 when none is shared, when either row is zero where they meet, or when squares leave the range of
// double. Symmetric to the bit.
//
// What a row has elsewhere does not count, so that any two rows that share one column are 1 or -1: wrap it in shrunk<> or
// significance<>. On values measured from a baseline it is the correlation of Koren ("Factor in the neighbors", 2010,
// section 2.2).
struct shared_cosine {
  static constexpr comparison_traits traits{
      .direction = sense::larger_is_closer, .symmetric = true, .lowest = -1, .highest = 1};

  struct sums {
    double aa = 0, bb = 0, ab = 0;
    constexpr void add(double a, double b) noexcept {
      aa += a * a;
      bb += b * b;
      ab += a * b;
    }
    // The cosine of what was added.
    [[nodiscard]] double cosine() const noexcept {
      double const norms = std::sqrt(aa) * std::sqrt(bb);
      if (!(norms > 0) || !is_finite(norms) || !is_finite(ab)) return 0;
      double const c = ab / norms;
      return c > 1 ? 1 : c < -1 ? -1 : c;
    }
  };

  [[nodiscard]] double finish(sums const& shared, row_sums const&, row_sums const&) const noexcept {
    return shared.cosine();
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
