// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/shared_count.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Tversky's index of which columns have a value: shared / (shared + alpha only in a + beta only in b), in [0, 1]; 0 when none
// is shared. (Tversky, "Features of similarity", 1977.)
//
// alpha = beta = 1 is Jaccard, 1/2 Dice; alpha = 1, beta = 0 the part of a that b has, which prefers popular neighbors.
// Not symmetric unless alpha = beta.
struct tversky {
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer, .lowest = 0, .highest = 1};

  double alpha = 1;  // zero or more
  double beta = 1;

  using sums = shared_count;
  using row = double;  // how many values

  [[nodiscard]] double of(row_sums const& a) const noexcept { return a.count; }
  [[nodiscard]] double finish(sums const& shared, double a, double b) const noexcept {
    double const n = shared.count;
    return n == 0 ? 0 : n / (n + alpha * (a - n) + beta * (b - n));
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }

  void check() const {
    check_not_negative("tversky: alpha", alpha);
    check_not_negative("tversky: beta", beta);
  }
};

KINDRED_END
