// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/shared_count.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Jaccard's index of which columns have a value: shared / in either, in [0, 1]; 0 when none is shared. Symmetric to the bit.
// (Jaccard, "The distribution of the flora in the alpine zone", 1912.) What the values are does not count.
struct jaccard {
  static constexpr comparison_traits traits{
      .direction = sense::larger_is_closer, .symmetric = true, .lowest = 0, .highest = 1};

  using sums = shared_count;
  using row = double;  // how many values

  [[nodiscard]] double of(row_sums const& a) const noexcept { return a.count; }
  [[nodiscard]] double finish(sums const& shared, double a, double b) const noexcept {
    double const n = shared.count;
    return n == 0 ? 0 : n / (a + b - n);
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
