// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/evaluate/ranking_metric.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Average precision of the first k places; its mean over users is MAP at k:
//
//   sum over places p = 1 ... k with a relevant item of (hits among the first p) / p,   divided by min(k, relevant)
//
// Divided so, a perfect list reaches 1 whatever k is. (Others divide by all relevant items, whereby users with more than k
// of them cannot reach 1, or by the hits, which rewards a list for what it misses.)
struct average_precision_at {
  std::uint32_t k = 10;
  [[nodiscard]] double operator()(std::span<item_id const> ranked, std::span<item_id const> relevant) const noexcept {
    std::size_t const places = (std::min)(std::size_t{k}, ranked.size());
    std::size_t const possible = (std::min)(std::size_t{k}, relevant.size());
    double sum = 0;
    double hits = 0;
    for (std::size_t p = 0; p != places; ++p)
      if (detail::is_relevant(ranked[p], relevant)) sum += ++hits / static_cast<double>(p + 1);
    return possible != 0 ? sum / static_cast<double>(possible) : 0;
  }
};

// 1 / (place of the first relevant item), 0 when none of the first k is; its mean over users is MRR at k.
struct reciprocal_rank_at {
  std::uint32_t k = 10;
  [[nodiscard]] double operator()(std::span<item_id const> ranked, std::span<item_id const> relevant) const noexcept {
    for (std::size_t p = 0; p != ranked.size() && p != k; ++p)
      if (detail::is_relevant(ranked[p], relevant)) return 1 / static_cast<double>(p + 1);
    return 0;
  }
};

KINDRED_END
