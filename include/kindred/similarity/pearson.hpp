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

  // The sums are of deviations from about the mean of the row: values near 10^6 that differ by one keep their digits. About,
  // because any center will do, and one that is as short a number as the values leaves sums of stars exact: the mean, rounded
  // to a power of two no larger than the standard deviation.
  [[nodiscard]] double center(row_sums const& row) const noexcept {
    if (row.count == 0) return 0;
    double const mean = row.sum / row.count;
    double const variance = row.squares / row.count - mean * mean;
    if (!(variance > 0) || !is_finite(variance)) return mean;
    int exponent = 0;
    static_cast<void>(std::frexp(std::sqrt(variance), &exponent));
    double const center = std::ldexp(std::round(std::ldexp(mean, 1 - exponent)), exponent - 1);
    return is_finite(center) ? center : mean;
  }

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
