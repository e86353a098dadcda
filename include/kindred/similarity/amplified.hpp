// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>

KINDRED_BEGIN

// Any co_rated similarity to a power, its sign kept: sign(s) |s|^power (Breese, Heckerman and Kadie, "Empirical analysis of
// predictive algorithms for collaborative filtering", 1998, section 2.3, "case amplification").
//
// For similarities within [-1, 1]: with a power above 1 near neighbors outvote many distant ones, and the order of
// neighbors stays. power > 0. One that is not bounded may grow beyond what a number holds, which ends a fit.
template <co_rated S>
struct amplified {
  static constexpr comparison_traits traits = [] {
    constexpr comparison_traits unbounded{.direction = traits_of<S>.direction};
    comparison_traits t = traits_of<S>;
    t.lowest = t.lowest < -1 ? unbounded.lowest : t.lowest < 0 ? -1 : 0;
    t.highest = t.highest > 1 ? unbounded.highest : 1;
    return t;
  }();
  static constexpr bool needs_columns = reads_columns<S>;

  S from = {};
  double power = 2.5;

  using sums = typename S::sums;
  using row = row_facts_t<S>;

  [[nodiscard]] row of(row_sums const& all) const noexcept { return row_facts_of(from, all); }
  [[nodiscard]] double center(row_sums const& all) const noexcept
    requires centers_rows<S>
  {
    return from.center(all);
  }
  [[nodiscard]] double finish(sums const& shared, row const& a, row const& b) const noexcept {
    double const s = from.finish(shared, a, b);
    return s < 0 ? -std::pow(-s, power) : s > 0 ? std::pow(s, power) : 0;
  }
  template <entity_id Row, real T>
    requires weighting<S, T, Row>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    return prepared<Row>(from, data);
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }

  void check() const {
    if (!(is_finite(power) && power > 0))
      raise(error(error_kind::setting) << "amplified: power = " << power << "; it has to be a number above zero");
    check_settings(from);
  }
};

KINDRED_END
