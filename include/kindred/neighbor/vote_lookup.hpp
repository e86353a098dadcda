// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/row_lookup.hpp>
#include <kindred/neighbor/vote_ranks.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace detail {

// The users near to u are looked up among those who rated an item. Calls finish(k, votes on items[k]).
template <class Sums, class Voters, class Finish>
void look_up_users(Voters const& from, user_id u, std::span<item_id const> items, Finish const& finish) noexcept {
  using T = typename Voters::value_type;
  auto const near_by = from.near_by.of(to_index(u));
  std::array<index_t, vote_ranks<T>::most> id;
  for (std::size_t k = 0; k != near_by.size(); ++k) id[k] = near_by[k].id;
  row_lookup const place(std::span<index_t const>(id).first(near_by.size()), row_lookup::many);
  vote_ranks<T> votes(near_by.size());
  for (std::size_t k = 0; k != items.size(); ++k) {
    if (to_index(items[k]) < from.across.rows()) {
      auto const said = from.across.row(to_index(items[k]));
      place.with_find([&](auto const& find) {
        for (std::size_t j = 0; j != said.size(); ++j) votes.set(find(said.index[j]), said.value[j]);
      });
    }
    Sums all{};
    std::uint32_t count = 0;
    votes.drain([&](std::size_t at, T left) {
      all.add(near_by[at].value, left);
      return ++count != from.neighbors;
    });
    finish(k, all);
  }
}

// The items near to an item are looked up among those that u rated. Calls finish(k, votes on items[k]).
template <class Sums, class Voters, class Finish>
void look_up_items(Voters const& from, user_id u, std::span<item_id const> items, Finish const& finish) noexcept {
  using T = typename Voters::value_type;
  auto const row = from.row_of(u);
  row_lookup const place(row.index, row_lookup::many);
  vote_ranks<T> votes(row.size());
  std::array<neighbor<T>, vote_ranks<T>::most + 1>
      voter;  // ids are places in the row; no row has more voters than places
  for (std::size_t k = 0; k != items.size(); ++k) {
    auto const near_by = from.near_by.of(to_index(items[k]));
    // Who votes is written down always and kept only then. One more than `neighbors` is enough to know.
    std::size_t count = 0;
    place.with_find([&](auto const& find) {
      for (std::size_t c = 0; c != near_by.size() && count <= from.neighbors;)
        for (std::size_t const end = (std::min)(near_by.size(), c + 64); c != end; ++c) {
          std::size_t const at = find(near_by[c].id);
          voter[count] = {static_cast<index_t>(at), near_by[c].value};
          count += at != row.size() ? 1u : 0u;
        }
    });
    bool const more = count > from.neighbors;  // then the nearest, closest first; else all, in ascending order
    Sums all{};
    if (more) {
      for (std::size_t v = 0; v != from.neighbors; ++v) all.add(voter[v].value, row.value[voter[v].id]);
    } else {
      for (std::size_t v = 0; v != count; ++v) votes.set(voter[v].id, voter[v].value);
      votes.drain([&](std::size_t at, T value) {
        all.add(value, row.value[at]);
        return true;
      });
    }
    finish(k, all);
  }
}

// Looks up for each item on its own who votes on it: what is quicker than sum_votes for a few items. Sums are added in the
// same order. No more than vote_ranks::most may have a vote.
template <class Sums, class Voters, class Finish>
void look_votes_up(Voters const& from, user_id u, std::span<item_id const> items, Finish const& finish) noexcept {
  if constexpr (Voters::by_user) look_up_users<Sums>(from, u, items, finish);
  else look_up_items<Sums>(from, u, items, finish);
}

}  // namespace detail

KINDRED_END
