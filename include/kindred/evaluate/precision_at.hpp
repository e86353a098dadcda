// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/evaluate/ranking_metric.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// The three that count hits among the first k places; k of at least 1.

// hits / k. The divisor is k whatever the list and however few items are relevant: a user with one relevant item reaches at
// most 1 / k. (The figure that implicit 0.7 calls precision pools all users and divides by the sum of min(k, relevant): a
// capped recall.)
struct precision_at {
  std::uint32_t k = 10;
  [[nodiscard]] double operator()(std::span<item_id const> ranked, std::span<item_id const> relevant) const noexcept {
    KINDRED_ASSERT(k != 0);
    return static_cast<double>(detail::hits(ranked, relevant, k)) / k;
  }
};

// hits / relevant items. A user with more than k relevant items cannot reach 1. (The papers on variational autoencoders,
// Liang et al. 2018, divide by min(k, relevant) instead; those on LightGCN as we do.)
struct recall_at {
  std::uint32_t k = 10;
  [[nodiscard]] double operator()(std::span<item_id const> ranked, std::span<item_id const> relevant) const noexcept {
    return relevant.empty()
               ? 0
               : static_cast<double>(detail::hits(ranked, relevant, k)) / static_cast<double>(relevant.size());
  }
};

// 1 when at least one of the first k is relevant, else 0.
struct hit_rate_at {
  std::uint32_t k = 10;
  [[nodiscard]] double operator()(std::span<item_id const> ranked, std::span<item_id const> relevant) const noexcept {
    return detail::hits(ranked, relevant, k) != 0 ? 1 : 0;
  }
};

KINDRED_END
