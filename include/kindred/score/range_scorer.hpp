// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/score/scorer.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// A range_scorer is never asked for more items at once, so that what it adds up in fits the stack and the second cache.
inline constexpr std::size_t range_block = 16384;

// A scorer that can also score all items of a range at once: first, first + 1 ... first + out.size() - 1.
//
// out.size() <= range_block, and the last id is below index_limit. The law: the same numbers as score() gives, bit by bit.
// Worth having where items are met in ascending order anyhow - along the rows of a sparse matrix, down a list of biases -
// and where naming every item of a catalog costs more than scoring it. top_n asks for ranges whenever it can.
template <class S>
concept range_scorer = scorer<S> && requires(S const& s, user_id u, item_id first, std::span<value_t<S>> out) {
  { s.score_range(u, first, out) } noexcept -> std::same_as<void>;
};

// The scores of a range from any scorer: at once from a range_scorer, a block of items at a time from any other. For
// combinators, which are range_scorers as soon as one of their parts is.
template <scorer S>
void score_range_of(S const& model, user_id u, item_id first, std::span<value_t<S>> out) noexcept {
  if constexpr (range_scorer<S>) {
    model.score_range(u, first, out);
  } else {
    std::array<item_id, block> items;
    for (std::size_t from = 0; from != out.size();) {
      std::size_t const count = out.size() - from < block ? out.size() - from : block;
      for (std::size_t k = 0; k != count; ++k) items[k] = item_id{to_index(first) + static_cast<index_t>(from + k)};
      model.score(u, std::span<item_id const>(items).first(count), out.subspan(from, count));
      from += count;
    }
  }
}

KINDRED_END
