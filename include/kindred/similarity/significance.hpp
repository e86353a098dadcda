// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/similarity/shared_count.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Any co_rated similarity, held back while it rests on few columns: s min(n, enough) / enough for n shared columns (Herlocker,
// Konstan, Borchers and Riedl, "An algorithmic framework for performing collaborative filtering", 1999, section 4.2).
//
// Where shrunk never quite believes, this does from `enough` columns on. enough > 0.
template <co_rated S>
struct significance {
  static constexpr comparison_traits traits = traits_of<S>;
  static constexpr bool needs_columns = reads_columns<S>;

  S from = {};
  double enough = 50;

  using sums = with_count<typename S::sums>;
  using row = row_facts_t<S>;

  [[nodiscard]] row of(row_sums const& all) const noexcept { return row_facts_of(from, all); }
  [[nodiscard]] double center(row_sums const& all) const noexcept
    requires centers_rows<S>
  {
    return from.center(all);
  }
  [[nodiscard]] double finish(sums const& shared, row const& a, row const& b) const noexcept {
    double const n = shared.count;
    double const s = n > 0 ? from.finish(without_count<typename S::sums>(shared), a, b) : 0;
    return n < enough ? s * (n / enough) : s;
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
    if (!(is_finite(enough) && enough > 0))
      raise(error(error_kind::setting) << "significance: enough = " << enough << "; it has to be a number above zero");
    check_settings(from);
  }
};

KINDRED_END
