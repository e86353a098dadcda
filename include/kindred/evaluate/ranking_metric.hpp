// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// Judges one recommendation: a number from 0 to 1, higher is better.
//
// `ranked` is what was recommended, best first, without repetition; `relevant` what the user turned out to like, ascending,
// without repetition and not empty. Relevance is binary. A list may be shorter than asked for: what is missing counts as
// wrong, so that a model cannot gain by recommending little.
template <class M>
concept ranking_metric =
    std::copyable<M> && requires(M const& m, std::span<item_id const> ranked, std::span<item_id const> relevant) {
      { m(ranked, relevant) } noexcept -> std::same_as<double>;
    };

namespace detail {

[[nodiscard]] inline bool is_relevant(item_id item, std::span<item_id const> relevant) noexcept {
  return std::binary_search(relevant.begin(), relevant.end(), item);
}

// How many of the first k are relevant.
[[nodiscard]] inline std::size_t hits(std::span<item_id const> ranked, std::span<item_id const> relevant,
                                      std::size_t k) noexcept {
  std::size_t count = 0;
  for (item_id const item : ranked.first((std::min)(k, ranked.size())))
    if (is_relevant(item, relevant)) ++count;
  return count;
}

}  // namespace detail

KINDRED_END
