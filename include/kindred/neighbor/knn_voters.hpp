// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/row_lookup.hpp>
#include <kindred/view/row.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

namespace detail {

// Who votes on which item for a user, and with what: the tables of a knn_model, looked at and not owned.
//
// Rows and Lists are where the numbers are kept, as in knn_model.
template <real T, entity_id Side, class Rows, class Lists>
struct knn_voters {
  using value_type = T;
  static constexpr bool by_user = std::same_as<Side, user_id>;

  Lists const& near_by;     // of every user or item, by Side
  Rows const& residual;     // deviations from the base, in rows by user
  Rows const& across;       // row i: by user, the residuals of item i; by item, the items that have i near them
  std::uint32_t neighbors;  // how many may vote

  [[nodiscard]] sparse_row<T> row_of(user_id u) const noexcept { return detail::row_or_none(residual, to_index(u)); }

  // How many rows each_row walks.
  [[nodiscard]] std::size_t rows(user_id u) const noexcept {
    if constexpr (by_user) return near_by.of(to_index(u)).size();
    else return row_of(u).size();
  }

  // Calls visit(row of items, scalar) for everyone and everything that has a vote: a neighbor's deviations and its
  // similarity, closest first; or the items near to a rated one and the deviation of that, in ascending order.
  template <class Visit>
  void each_row(user_id u, Visit const& visit) const noexcept {
    if constexpr (by_user) {
      for (auto const& v : near_by.of(to_index(u))) visit(residual.row(v.id), v.value);
    } else {
      auto const row = row_of(u);
      for (std::size_t r = 0; r != row.size(); ++r) visit(across.row(row.index[r]), row.value[r]);
    }
  }

  // Adds what each_row visits: a scalar and an entry of the row that comes with it.
  template <class Sums>
  static void add(Sums& all, T scalar, T entry) noexcept {
    if constexpr (by_user) all.add(scalar, entry);
    else all.add(entry, scalar);
  }

  // Calls visit(neighbor, deviation) for those who vote on j, closest first.
  template <class Visit>
  void each_voter(user_id u, item_id j, Visit const& visit) const noexcept {
    if constexpr (by_user) {
      std::uint32_t votes = 0;
      for (auto const& v : near_by.of(to_index(u))) {
        auto const row = residual.row(v.id);
        std::size_t const at = position_of(row.index, to_index(j));
        if (at == row.size()) continue;
        visit(v, row.value[at]);
        if (++votes == neighbors) return;
      }
    } else {
      each_item_voter(row_lookup(row_of(u).index, 0), u, j, visit);
    }
  }

  // The same where items vote; `said` looks up in row_of(u).
  template <class Visit>
  void each_item_voter(row_lookup const& said, user_id u, item_id j, Visit const& visit) const noexcept {
    auto const row = row_of(u);
    std::uint32_t votes = 0;
    for (auto const& i : near_by.of(to_index(j))) {
      std::size_t const at = said.find(i.id);
      if (at == row.size()) continue;
      visit(i, row.value[at]);
      if (++votes == neighbors) return;
    }
  }
};

}  // namespace detail

KINDRED_END
