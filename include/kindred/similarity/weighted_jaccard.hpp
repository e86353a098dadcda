// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// The weighted Jaccard index, or Ruzicka's similarity: the sum of min(a, b) over the sum of max(a, b), in [0, 1], of values
// that are not negative; 0 when there is nothing. Symmetric to the bit. (Ruzicka, "Anwendung
// mathematisch-statistischer Methoden in der Geobotanik", 1958.)
//
// Of ones it is Jaccard's index. A missing value is a zero, so the larger values add up to sum(a) + sum(b) less the smaller
// ones. Where values are negative, what comes out below 0 or above 1 is cut.
struct weighted_jaccard {
  static constexpr comparison_traits traits{
      .direction = sense::larger_is_closer, .symmetric = true, .lowest = 0, .highest = 1};

  struct sums {
    double least = 0;
    constexpr void add(double a, double b) noexcept { least += a < b ? a : b; }
  };
  using row = double;  // the sum of the values

  [[nodiscard]] double of(row_sums const& a) const noexcept { return a.sum; }
  [[nodiscard]] double finish(sums const& shared, double a, double b) const noexcept {
    double const most = a + b - shared.least;
    if (!(shared.least > 0 && most > 0) || !is_finite(most)) return 0;
    double const s = shared.least / most;
    return s > 1 ? 1 : s;
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
