// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/view/csr_view.hpp>

#include <concepts>
#include <cstddef>
#include <utility>
#include <vector>

KINDRED_BEGIN

// What rewrites the values of ratings before rows are compared: a similarity of weighted values, or a weighting alone
// (TF-IDF, time decay ...).
//
// w.prepare<Row>(data) returns ratings of the same users and items: Row is user_id or item_id and says which are the rows
// that will be compared; the others are the columns.
template <class W, class T, class Row>
concept weighting = std::copyable<W> && real<T> && entity_id<Row> && requires(W const& w, ratings<T> const& data) {
  { w.template prepare<Row>(data) } -> std::same_as<ratings<T>>;
};

// The data as `how` wants to see them: what its prepare makes of them, or, where it has none, a reference to them.
//
//   auto const& seen = prepared<item_id>(similarity, data);
//   all_pairs(seen.by_item(), seen.by_user(), similarity, ...);
template <entity_id Row, class S, real T>
[[nodiscard]] decltype(auto) prepared(S const& how, ratings<T> const& data) {
  if constexpr (weighting<S, T, Row>) return how.template prepare<Row>(data);
  else return static_cast<ratings<T> const&>(data);
}

// The matrix whose rows are the users, or the items.
template <entity_id Row, real T>
[[nodiscard]] csr_view<T> rows_of(ratings<T> const& data) noexcept {
  if constexpr (std::same_as<Row, user_id>) return data.by_user();
  else return data.by_item();
}

// The same matrix by columns.
template <entity_id Row, real T>
[[nodiscard]] csr_view<T> columns_of(ratings<T> const& data) noexcept {
  if constexpr (std::same_as<Row, user_id>) return data.by_item();
  else return data.by_user();
}

// The same ratings with other values: what revalue(row, column, value) says, where the rows are the users or the items.
// Throws error{numeric} when that is not a finite number of type T. O(ratings).
template <entity_id Row, real T, class Revalue>
[[nodiscard]] ratings<T> revalued(ratings<T> const& data, Revalue const& revalue) {
  std::vector<T> value;
  value.reserve(data.size());
  csr_view<T> const users = data.by_user();
  for (index_t u = 0; u != users.rows(); ++u) {
    auto const row = users.row(u);
    for (std::size_t k = 0; k != row.size(); ++k) {
      index_t const i = row.index[k];
      auto const old = static_cast<double>(row.value[k]);
      if constexpr (std::same_as<Row, user_id>) value.push_back(static_cast<T>(revalue(u, i, old)));
      else value.push_back(static_cast<T>(revalue(i, u, old)));
    }
  }
  return data.with_values(std::move(value));
}

KINDRED_END
