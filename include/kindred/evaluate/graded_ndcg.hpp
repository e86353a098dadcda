// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// How much an item of a rating is worth in NDCG.
enum class gain : std::uint8_t {
  linear,      // the rating itself (Järvelin and Kekäläinen, 2002)
  exponential  // 2^rating - 1 (Burges et al., "Learning to rank using gradient descent", 2005): ratings below 1000
};

// Normalized discounted cumulative gain of items by their scores, with graded relevance and ties averaged over all orders of what
// is tied (McSherry and Najork, "Computing information retrieval performance measures efficiently in the presence of tied scores",
// 2008): a model that gives everything the same score gets what chance gets.
//
//   DCG = sum over places p = 1 ... k of gain / log2(p + 1), divided by that of the best order
//
// That is scikit-learn's ndcg_score, for one row. `k` of 0 looks at all places. In [0, 1]; 0 where nothing is relevant. Throws
// error: shape when sizes disagree; data for what is not finite or a rating below zero. O(n log n).
template <real T>
[[nodiscard]] double graded_ndcg(std::span<T const> score, std::span<T const> rating, std::size_t k = 0,
                                 gain worth = gain::linear) {
  if (score.size() != rating.size())
    raise(error(error_kind::shape) << "graded_ndcg: " << score.size() << " scores for " << rating.size() << " ratings");
  std::vector<std::size_t> order(score.size());
  std::vector<double> value(score.size());
  for (std::size_t j = 0; j != order.size(); ++j) {
    order[j] = j;
    auto const r = static_cast<double>(rating[j]);
    if (!is_finite(score[j]) || !is_finite(rating[j]) || r < 0 || (worth == gain::exponential && r >= 1000))
      raise(error(error_kind::data).at(j)
            << "graded_ndcg: item " << j << " has the score " << score[j] << " and the rating " << rating[j]
            << "; both are finite, ratings not below 0");
    value[j] = worth == gain::linear ? r : std::exp2(r) - 1;
  }
  std::size_t const places = k == 0 ? order.size() : (std::min)(k, order.size());
  auto const discount = [&](std::size_t p) { return p < places ? 1 / std::log2(static_cast<double>(p) + 2) : 0; };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return score[a] != score[b] ? score[a] > score[b] : a < b; });
  double met = 0;
  for (std::size_t first = 0, last = 0; first < places; first = last) {
    double gains = 0, discounts = 0;
    for (; last != order.size() && score[order[last]] == score[order[first]]; ++last) {
      gains += value[order[last]];
      discounts += discount(last);
    }
    met += gains / static_cast<double>(last - first) * discounts;
  }
  std::sort(value.begin(), value.end(), [](double a, double b) { return a > b; });
  double best = 0;
  for (std::size_t p = 0; p != places; ++p) best += value[p] * discount(p);
  return best > 0 ? met / best : 0;
}

KINDRED_END
