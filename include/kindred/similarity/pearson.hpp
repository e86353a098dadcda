// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>

KINDRED_BEGIN

// Pearson correlation over the columns in which both rows have a value, with the means over those columns, in [-1, 1]
// (Resnick et al., "GroupLens", 1994). 0 when fewer than two columns are shared, when either row is constant on them, or
// when the squares of the values overflow (beyond 10^150 or so).
//
// Sensitive to small overlaps: any two rows that share two columns correlate perfectly or inversely. Wrap it in shrunk<>.
struct pearson {
  static constexpr comparison_traits traits{
      .direction = sense::larger_is_closer, .symmetric = true, .lowest = -1, .highest = 1};

  // The sums are of deviations from the mean of the whole row: values near 10^6 that differ by one keep their digits.
  [[nodiscard]] double center(row_sums const& row) const noexcept { return row.count != 0 ? row.sum / row.count : 0; }

  struct sums {
    index_t count = 0;
    double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    constexpr void add(double x, double y) noexcept {
      ++count;
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
  };

  [[nodiscard]] double finish(sums const& shared, row_sums const&, row_sums const&) const noexcept {
    if (shared.count < 2) return 0;
    // Products are divided before they are subtracted, so that no compiler can fuse the two for one row and not for the
    // other: the similarity stays symmetric to the last bit.
    double const n = shared.count;
    double const var_a = shared.aa - shared.a * shared.a / n;
    double const var_b = shared.bb - shared.b * shared.b / n;
    // What is left of a variance after rounding is no variance.
    if (var_a <= 1e-12 * shared.aa || var_b <= 1e-12 * shared.bb) return 0;
    double const r = (shared.ab - shared.a * shared.b / n) / (std::sqrt(var_a) * std::sqrt(var_b));
    if (!is_finite(r)) return 0;
    return r > 1 ? 1 : r < -1 ? -1 : r;
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
