// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/core/id.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// Best first: the higher value, of equal values the lower id. A total order, so that a recommendation is one list and not
// one of several.
template <real T>
[[nodiscard]] constexpr bool ranks_before(scored_item<T> const& a, scored_item<T> const& b) noexcept {
  return a.value != b.value ? a.value > b.value : to_index(a.item) < to_index(b.item);
}

// The best out.size() of the candidates for a user, best first; returns how many there are.
//
// Items that the model does not know are left out: it has nothing to say about them. A heap of the best so far lives in
// `out`, so nothing is allocated. Time: one score and O(1) expected a candidate, O(log n) for one that enters the list.
template <scorer S, candidates C>
std::size_t top_n(S const& model, user_id user, C const& which, std::span<scored_item<value_t<S>>> out) noexcept {
  using T = value_t<S>;
  if (out.empty()) return 0;
  std::array<item_id, block> items;
  std::array<T, block> values;
  std::size_t found = 0;
  std::size_t cursor = 0;
  while (std::size_t const offered = which.next(cursor, items)) {
    std::size_t known = 0;
    for (std::size_t k = 0; k != offered; ++k)
      if (model.knows(items[k])) items[known++] = items[k];
    model.score(user, std::span<item_id const>(items.data(), known), std::span<T>(values.data(), known));
    for (std::size_t k = 0; k != known; ++k) {
      scored_item<T> const candidate{items[k], values[k]};
      if (found != out.size()) {
        out[found++] = candidate;
        std::push_heap(out.data(), out.data() + found, ranks_before<T>);
      } else if (ranks_before(candidate, out.front())) {
        std::pop_heap(out.data(), out.data() + found, ranks_before<T>);
        out.back() = candidate;
        std::push_heap(out.data(), out.data() + found, ranks_before<T>);
      }
    }
  }
  std::sort_heap(out.data(), out.data() + found, ranks_before<T>);
  return found;
}

KINDRED_END
