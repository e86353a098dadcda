// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/range_scorer.hpp>
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

namespace detail {

// Enters a candidate into the best so far, out[0 ... found - 1]; returns how many there are now. Short lists are kept in
// order, which is quickest where most candidates do not get in; long ones as a heap with the worst in front, which a list
// asked for in the length of the catalog needs.
inline constexpr std::size_t short_list = 64;

template <real T>
[[nodiscard]] std::size_t enter(std::span<scored_item<T>> out, std::size_t found, scored_item<T> candidate) noexcept {
  bool const full = found == out.size();
  if (out.size() <= short_list) {
    if (full && !ranks_before(candidate, out[found - 1])) return found;
    std::size_t at = full ? found - 1 : found++;
    for (; at != 0 && ranks_before(candidate, out[at - 1]); --at) out[at] = out[at - 1];
    out[at] = candidate;
    return found;
  }
  if (full) {
    if (!ranks_before(candidate, out.front())) return found;
    std::pop_heap(out.begin(), out.end(), ranks_before<T>);
    out.back() = candidate;
  } else {
    out[found++] = candidate;
  }
  std::push_heap(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(found), ranks_before<T>);
  return found;
}

// The value that a candidate of a higher id has to exceed to enter a full list.
template <real T>
[[nodiscard]] T worst_of(std::span<scored_item<T> const> out) noexcept {
  return out.size() <= short_list ? out.back().value : out.front().value;
}

// Scores candidates a block at a time, and those alone.
template <scorer S, candidates C>
[[nodiscard]] std::size_t best_of_blocks(S const& model, user_id user, C const& which,
                                         std::span<scored_item<value_t<S>>> out) noexcept {
  using T = value_t<S>;
  std::array<item_id, block> items;
  std::array<T, block> values;
  std::size_t found = 0;
  std::size_t cursor = 0;
  while (std::size_t const offered = which.next(cursor, items)) {
    std::size_t known = 0;
    for (std::size_t k = 0; k != offered; ++k)
      if (model.knows(items[k])) items[known++] = items[k];
    model.score(user, std::span<item_id const>(items.data(), known), std::span<T>(values.data(), known));
    for (std::size_t k = 0; k != known; ++k) found = enter(out, found, scored_item<T>{items[k], values[k]});
  }
  return found;
}

// Enters the scores of items first, first + 1 ... and asks what is known and a candidate only of those that would enter.
template <scorer S, candidate_set C>
[[nodiscard]] std::size_t enter_scores(S const& model, C const& which, std::size_t first,
                                       std::span<value_t<S> const> values, std::span<scored_item<value_t<S>>> out,
                                       std::size_t found) noexcept {
  using T = value_t<S>;
  constexpr std::size_t stride = 32;  // values that are compared together, which the compiler does in vector registers
  for (std::size_t from = 0; from < values.size(); from += stride) {
    std::size_t const end = (std::min)(from + stride, values.size());
    if (found == out.size() && end - from == stride) {
      T const worst = worst_of<T>(out);
      unsigned better = 0;
      for (std::size_t k = 0; k != stride; ++k) better |= values[from + k] > worst ? 1u : 0u;
      if (better == 0) continue;
    }
    for (std::size_t k = from; k != end; ++k) {
      if (found == out.size() && !(values[k] > worst_of<T>(out))) continue;
      item_id const item{static_cast<index_t>(first + k)};
      if (model.knows(item) && which.contains(item)) found = enter(out, found, scored_item<T>{item, values[k]});
    }
  }
  return found;
}

// Scores all items of the catalog, range by range.
template <range_scorer S, candidate_set C>
[[nodiscard]] std::size_t best_of_ranges(S const& model, user_id user, C const& which,
                                         std::span<scored_item<value_t<S>>> out) noexcept {
  using T = value_t<S>;
  std::array<T, range_block> values;
  std::size_t found = 0;
  std::size_t const limit = which.limit();
  for (std::size_t first = 0; first < limit; first += range_block) {
    auto const range = std::span<T>(values).first((std::min)(range_block, limit - first));
    model.score_range(user, item_id{static_cast<index_t>(first)}, range);
    found = enter_scores(model, which, first, std::span<T const>(range), out, found);
  }
  return found;
}

// A list is kept as a heap while it grows, where it is long.
template <real T>
void put_in_order(std::span<scored_item<T>> out, std::size_t found) noexcept {
  if (out.size() > short_list)
    std::sort_heap(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(found), ranks_before<T>);
}

}  // namespace detail

// The best out.size() of the candidates for a user, best first; returns how many there are.
//
// Items that the model does not know are left out: it has nothing to say about them. The best so far live in `out`, so
// nothing is allocated. Time: a score a candidate, and for one that enters the list O(n) up to 64 and O(log n) beyond. A
// range_scorer over a candidate_set scores the catalog in ranges instead, and answers the same list, bit by bit.
template <scorer S, candidates C>
std::size_t top_n(S const& model, user_id user, C const& which, std::span<scored_item<value_t<S>>> out) noexcept {
  if (out.empty()) return 0;
  std::size_t found = 0;
  if constexpr (range_scorer<S> && candidate_set<C>) found = detail::best_of_ranges(model, user, which, out);
  else found = detail::best_of_blocks(model, user, which, out);
  detail::put_in_order(out, found);
  return found;
}

KINDRED_END
