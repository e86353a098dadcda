// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/contingency.hpp>
#include <kindred/similarity/shared_count.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>

KINDRED_BEGIN

// How surprising it is that two rows meet in so many columns: Dunning's log-likelihood ratio of the table of columns with both,
// one and neither, with a minus where they meet less often than by chance; 0 when none is shared. Symmetric to the bit.
// (Dunning, "Accurate methods for the statistics of surprise and coincidence", 1993.)
//
//   2 sum over the four cells of k log(k columns / (row total * column total))
//
// What the values are does not count. Unlike lift it is not taken in by small numbers; unlike Jaccard, not by popular rows.
struct log_likelihood {
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer, .symmetric = true};

  index_t columns = 0;  // how many there are; 0: as many as the matrix has, or, of two rows alone, as either has values

  static constexpr bool needs_columns = true;

  using sums = shared_count;

  [[nodiscard]] double finish(sums const& shared, row_sums const& a, row_sums const& b) const noexcept {
    if (shared.count == 0) return 0;
    auto const t = contingency::of(shared, a, b, columns);
    double const n = t.columns;
    // Divided by n before they are added, so that no compiler fuses one product and not the other: symmetric to the bit.
    auto const cell = [n](double k, double row, double column) {
      return k > 0 ? k * std::log(k * n / (row * column)) / n : 0;
    };
    double const neither = n - (t.first + t.second - t.both);
    double const one = cell(t.first - t.both, t.first, n - t.second) + cell(t.second - t.both, t.second, n - t.first);
    double const two = cell(t.both, t.first, t.second) + cell(neither, n - t.first, n - t.second);
    double const ratio = 2 * n * (one + two);
    if (!(ratio > 0)) return 0;
    return t.both * n >= t.first * t.second ? ratio : -ratio;
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
