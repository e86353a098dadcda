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

// Pointwise mutual information of two rows meeting in a column: log(shared columns / (a b)), the logarithm of lift, in nats; 0
// when none is shared, below 0 where they meet less often than by chance, so that only attraction makes neighbors ("positive
// PMI"). Symmetric to the bit. (Church and Hanks, "Word association norms, mutual information, and lexicography", 1990.)
struct mutual_information {
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer, .symmetric = true};

  index_t columns = 0;  // how many there are; 0: as many as the matrix has, or, of two rows alone, as either has values

  static constexpr bool needs_columns = true;

  using sums = shared_count;

  [[nodiscard]] double finish(sums const& shared, row_sums const& a, row_sums const& b) const noexcept {
    if (shared.count == 0) return 0;
    auto const t = contingency::of(shared, a, b, columns);
    return std::log(t.both * t.columns / (t.first * t.second));
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
