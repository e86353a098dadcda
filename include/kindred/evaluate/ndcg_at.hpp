// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/evaluate/ranking_metric.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Normalized discounted cumulative gain of the first k places (Järvelin and Kekäläinen, 2002), with binary relevance:
//
//   DCG = sum over places p = 1 ... k with a relevant item of 1 / log2(p + 1),   NDCG = DCG / (DCG of the best list)
//
// The best list has min(k, relevant) relevant items in front. (scikit-learn's ndcg_score agrees where scores have no ties;
// it averages over tied orders, we rank ties by ascending id. With graded relevance the gain is 2^rating - 1 elsewhere.)
struct ndcg_at {
  std::uint32_t k = 10;
  [[nodiscard]] double operator()(std::span<item_id const> ranked, std::span<item_id const> relevant) const noexcept {
    double gain = 0;
    double best = 0;
    for (std::size_t p = 0; p != k; ++p) {
      if (p >= ranked.size() && p >= relevant.size()) break;
      double const discount = 1 / std::log2(static_cast<double>(p) + 2);
      if (p < ranked.size() && detail::is_relevant(ranked[p], relevant)) gain += discount;
      if (p < relevant.size()) best += discount;
    }
    return best > 0 ? gain / best : 0;
  }
};

KINDRED_END
