// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/contingency.hpp>
#include <kindred/similarity/shared_count.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Lift: how many times more often two rows meet in a column than they would by chance, shared columns / (a b), zero or more; 0
// when none is shared, 1 for independence. Symmetric to the bit. (Brin, Motwani, Ullman and Tsur, "Dynamic itemset
// counting", 1997, as "interest".)
//
// What the values are does not count. Rare rows have huge lifts by chance: wrap it in shrunk<>, or ask for min_shared.
struct lift {
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer, .symmetric = true, .lowest = 0};

  index_t columns = 0;  // how many there are; 0: as many as the matrix has, or, of two rows alone, as either has values

  static constexpr bool needs_columns = true;

  using sums = shared_count;

  [[nodiscard]] double finish(sums const& shared, row_sums const& a, row_sums const& b) const noexcept {
    if (shared.count == 0) return 0;
    auto const t = contingency::of(shared, a, b, columns);
    return t.both * t.columns / (t.first * t.second);
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
