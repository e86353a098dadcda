// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/product_sum.hpp>
#include <kindred/similarity/weighting/column_degree.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>

KINDRED_BEGIN

// The chance that a walk of two random steps, from a row to one of its columns and on to a row of that, ends at the other row,
// with every count to a power:
//
//   sum over shared columns c of  a(c) b(c) / n(c)^through  /  (n(a)^from  n(b)^to)
//
// n is how many values a row or a column has. Zero or more of values that are; 0 when no column is shared. Not symmetric.
// With from = through = 1 and values of one it is that chance, P3 (Cooper, Lee, Radlinski and Kushilevitz, "Random walks in
// recommender systems: exact computation and simulations", 2014, who raise the steps to a power alpha); with to > 0 ends that
// are popular anyway are held back, RP3-beta (Paudel, Christoffel, Newell and Bernstein, "Updatable, accurate, diverse, and
// scalable recommendations for interactive applications", 2017). Of clicks, the recipes rp3_beta and user_walk are made of it.
//
// The columns' part is a weighting: recipes prepare the data with it, and the call operator compares rows that have been.
struct random_walk {
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer};

  double from = 1;     // exponents, zero or more: of the row that the walk leaves,
  double through = 1;  // of the column that it passes,
  double to = 0;       // of the row that it ends at

  using sums = product_sum;
  struct row {
    double as_first = 0;
    double as_second = 0;
  };

  [[nodiscard]] row of(row_sums const& a) const noexcept {
    if (a.count == 0) return {};
    return {std::pow(static_cast<double>(a.count), -from), std::pow(static_cast<double>(a.count), -to)};
  }
  [[nodiscard]] double first(row const& a) const noexcept { return a.as_first; }
  [[nodiscard]] double second(row const& b) const noexcept { return b.as_second; }
  [[nodiscard]] double finish(sums const& shared, row const& a, row const& b) const noexcept {
    double const s = shared.product * (a.as_first * b.as_second);
    return is_finite(s) ? s : 0;
  }

  // Values divided by n(c)^(through / 2): each product of two then by n(c)^through.
  template <entity_id Row, real T>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    return column_degree{.power = through / 2}.template prepare<Row>(data);
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }

  void check() const {
    check_not_negative("random_walk: from", from);
    check_not_negative("random_walk: through", through);
    check_not_negative("random_walk: to", to);
  }
};

KINDRED_END
