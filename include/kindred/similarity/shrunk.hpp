// SPDX-License-Identifier: BSL-1.0
#pragma once

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

// Any co_rated similarity, believed the less the fewer columns it rests on: s n / (n + strength) for n shared columns.
//
// Two people who agree on three films are not closer than two who agree on sixty (Bell and Koren, "Scalable collaborative
// filtering with jointly derived neighborhood interpolation weights", 2007, equation 5). strength >= 0; 0 changes nothing.
template <co_rated S>
struct shrunk {
  static constexpr comparison_traits traits = traits_of<S>;
  static constexpr bool needs_columns = reads_columns<S>;

  S from = {};
  double strength = 25;

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
    return n > 0 ? from.finish(without_count<typename S::sums>(shared), a, b) * (n / (n + strength)) : 0;
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
    check_not_negative("shrunk: strength", strength);
    check_settings(from);
  }
};

KINDRED_END
