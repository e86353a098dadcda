// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/similarity/product_sum.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Any co_rated similarity of values that a weighting has rewritten: cosine of TF-IDF weights is weighted_by<tf_idf, cosine>.
//
// Recipes rewrite the data before they compare (prepared.hpp), once a fit. The call operator compares two rows as they are: of
// data that have been prepared. Weightings nest, the outermost first.
template <class W, co_rated S>
struct weighted_by {
  static constexpr comparison_traits traits = traits_of<S>;

  W weight = {};
  S from = {};

  using sums = typename S::sums;
  using row = row_facts_t<S>;

  [[nodiscard]] row of(row_sums const& all) const noexcept { return row_facts_of(from, all); }
  [[nodiscard]] double center(row_sums const& all) const noexcept
    requires centers_rows<S>
  {
    return from.center(all);
  }
  [[nodiscard]] double first(row const& a) const noexcept
    requires scaled_product<S>
  {
    return from.first(a);
  }
  [[nodiscard]] double second(row const& b) const noexcept
    requires scaled_product<S>
  {
    return from.second(b);
  }
  [[nodiscard]] double finish(sums const& shared, row const& a, row const& b) const noexcept {
    return from.finish(shared, a, b);
  }
  template <entity_id Row, real T>
    requires weighting<W, T, Row>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    return prepared<Row>(from, weight.template prepare<Row>(data));
  }

  template <real T>
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    return static_cast<T>(similarity_of(*this, a, b));
  }

  void check() const { check_settings(weight, from); }
};

KINDRED_END
