// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/data/scored_examples.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The examples of one score: how much of them happened, and how much did not.
struct tied_examples {
  double score = 0;
  double positive = 0;
  double negative = 0;
};

// Sums over examples, highest score first, those of equal scores together: what curves over thresholds are drawn from. With
// `which`, of those examples alone. O(n log n); the same whatever the order of the examples, up to rounding where weights are
// not whole numbers.
template <real T>
[[nodiscard]] std::vector<tied_examples> by_score(scored_examples<T> const& all, std::vector<std::size_t> which) {
  std::sort(which.begin(), which.end(), [&](std::size_t a, std::size_t b) {
    return all.score[a] != all.score[b] ? all.score[a] > all.score[b] : a < b;
  });
  std::vector<tied_examples> steps;
  for (std::size_t const k : which) {
    auto const score = static_cast<double>(all.score[k]);
    if (steps.empty() || steps.back().score != score) steps.push_back({.score = score});
    (all.happened(k) ? steps.back().positive : steps.back().negative) += all.weight_of(k);
  }
  return steps;
}

template <real T>
[[nodiscard]] std::vector<tied_examples> by_score(scored_examples<T> const& all) {
  std::vector<std::size_t> which(all.size());
  for (std::size_t k = 0; k != which.size(); ++k) which[k] = k;
  return by_score(all, std::move(which));
}

// What of all examples happened, and what did not.
[[nodiscard]] inline tied_examples total_of(std::span<tied_examples const> steps) noexcept {
  tied_examples total;
  for (tied_examples const& step : steps) {
    total.positive += step.positive;
    total.negative += step.negative;
  }
  return total;
}

}  // namespace detail

KINDRED_END
