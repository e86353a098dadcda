// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/row_lookup.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

namespace detail {

// Users are met closest first, so that votes beyond the most that count are those to be left out.
template <std::size_t Most, class Voters, class Asked, class Sums>
void count_votes_of_users(Voters const& from, user_id u, Asked const& asked, std::array<Sums, Most>& all) noexcept {
  using T = typename Voters::value_type;
  std::array<std::uint32_t, Most> votes;
  std::fill_n(votes.begin(), asked.size(), 0u);
  std::size_t open = asked.size();
  for (auto const& v : from.near_by.of(to_index(u))) {
    if (open == 0) break;
    asked.each_shared(from.residual.row(v.id), [&](std::size_t k, T left) {
      if (votes[k] == from.neighbors) return;
      all[k].add(v.value, left);
      if (++votes[k] == from.neighbors) --open;
    });
  }
}

// Items are met in ascending order: where more vote than count, the nearest of them are looked up again.
template <std::size_t Most, class Voters, class Asked, class Sums>
void count_votes_of_items(Voters const& from, user_id u, Asked const& asked, std::array<Sums, Most>& all) noexcept {
  using T = typename Voters::value_type;
  std::array<std::uint32_t, Most> votes;
  std::fill_n(votes.begin(), asked.size(), 0u);
  from.each_row(u, [&](sparse_row<T> row, T left) {
    asked.each_shared(row, [&](std::size_t k, T value) {
      all[k].add(value, left);
      ++votes[k];
    });
  });
  row_lookup const said(from.row_of(u).index, asked.size() * 16);
  for (std::size_t k = 0; k != asked.size(); ++k) {
    if (votes[k] <= from.neighbors) continue;
    all[k] = {};
    from.each_item_voter(said, u, asked[k], [&](neighbor<T> const& i, T left) { all[k].add(i.value, left); });
  }
}

// Adds to all[k] the votes on asked[k], of at most Most items.
//
// Sums are made along rows, from who votes to what they vote on: few meet, and a walk from every asked item to its
// voters would mostly pass over what was never rated.
template <std::size_t Most, class Voters, class Asked, class Sums>
void sum_votes(Voters const& from, user_id u, Asked const& asked, std::array<Sums, Most>& all) noexcept {
  using T = typename Voters::value_type;
  if (from.rows(u) <= from.neighbors) {  // nobody's vote can be one too many
    from.each_row(u, [&](sparse_row<T> row, T scalar) {
      asked.each_shared(row, [&](std::size_t k, T entry) { Voters::add(all[k], scalar, entry); });
    });
  } else if constexpr (Voters::by_user) {
    count_votes_of_users(from, u, asked, all);
  } else {
    count_votes_of_items(from, u, asked, all);
  }
}

}  // namespace detail

KINDRED_END
