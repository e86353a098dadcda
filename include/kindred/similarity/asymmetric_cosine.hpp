// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/product_sum.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>

KINDRED_BEGIN

// Cosine with the weight of the two norms moved from one row to the other: dot(a, b) / (|a|^(2 alpha) |b|^(2 (1 - alpha))).
// 0 when either row is all zeros, or so large or small (beyond 10^70 or below 10^-70) that powers leave the range of double
// (Aiolli, "Efficient top-n recommendation for very large scale binary rated datasets", 2013, section 2).
//
// alpha = 1/2 is cosine. Of sets it is P(a | b)^(1 - alpha) P(b | a)^alpha, in [0, 1]: the larger alpha is, the more popular
// the neighbors b of a row a. Of other values it is not bounded. Not symmetric.
struct asymmetric_cosine {
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer};

  double alpha = 0.5;  // in [0, 1]

  using sums = product_sum;
  struct row {
    double as_first = 0;   // |a|^(-2 alpha)
    double as_second = 0;  // |b|^(-2 (1 - alpha))
  };

  [[nodiscard]] row of(row_sums const& a) const noexcept {
    if (!(a.squares > 1e-140 && a.squares < 1e140)) return {};
    return {std::pow(a.squares, -alpha), std::pow(a.squares, alpha - 1)};
  }
  [[nodiscard]] double first(row const& a) const noexcept { return a.as_first; }
  [[nodiscard]] double second(row const& b) const noexcept { return b.as_second; }
  [[nodiscard]] double finish(sums const& shared, row const& a, row const& b) const noexcept {
    double const scale = a.as_first * b.as_second;
    return scale == 0 ? 0 : shared.product * scale;  // the product may be infinite where the scale is zero
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }

  void check() const {
    if (!(alpha >= 0 && alpha <= 1))
      raise(error(error_kind::setting) << "asymmetric_cosine: alpha = " << alpha << "; it goes from 0 to 1");
  }
};

KINDRED_END
