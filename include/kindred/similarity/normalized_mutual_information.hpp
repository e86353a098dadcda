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

// Pointwise mutual information over its largest value: log(shared columns / (a b)) / -log(shared / columns), in [-1, 1]; 1 for
// rows that have a value in the same columns, 0 when none is shared. Symmetric to the bit. (Bouma, "Normalized (pointwise)
// mutual information in collocation extraction", 2009.)
//
// Rare rows that met once by chance no longer come first, as they do by lift and mutual_information.
struct normalized_mutual_information {
  static constexpr comparison_traits traits{
      .direction = sense::larger_is_closer, .symmetric = true, .lowest = -1, .highest = 1};

  index_t columns = 0;  // how many there are; 0: as many as the matrix has, or, of two rows alone, as either has values

  static constexpr bool needs_columns = true;

  using sums = shared_count;

  [[nodiscard]] double finish(sums const& shared, row_sums const& a, row_sums const& b) const noexcept {
    if (shared.count == 0) return 0;
    auto const t = contingency::of(shared, a, b, columns);
    double const most = -std::log(t.both / t.columns);
    if (!(most > 0)) return 1;  // both have a value everywhere
    double const s = std::log(t.both * t.columns / (t.first * t.second)) / most;
    return s > 1 ? 1 : s < -1 ? -1 : s;
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
