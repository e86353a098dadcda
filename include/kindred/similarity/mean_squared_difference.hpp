// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// 1 / (1 + mean of (a - b)^2 over the shared columns), in [0, 1]; 0 when none is shared. Symmetric to the bit. (Shardanand and
// Maes, "Social information filtering", 1995, who take the mean squared difference itself; as a similarity in this form in
// Hug, "Surprise", 2020.)
//
// It sees the level: two rows of one shape, a star apart, are 1/2.
struct mean_squared_difference {
  static constexpr comparison_traits traits{
      .direction = sense::larger_is_closer, .symmetric = true, .lowest = 0, .highest = 1};

  struct sums {
    index_t count = 0;
    double squares = 0;
    constexpr void add(double a, double b) noexcept {
      ++count;
      squares += (a - b) * (a - b);
    }
  };

  [[nodiscard]] double finish(sums const& shared, row_sums const&, row_sums const&) const noexcept {
    if (shared.count == 0 || !is_finite(shared.squares)) return 0;
    double const n = shared.count;
    return n / (n + shared.squares);
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }
};

KINDRED_END
