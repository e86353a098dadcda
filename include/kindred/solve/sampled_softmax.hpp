// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/solve/ranking_loss.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// The chosen item has to be told from `drawn` others: minus the logarithm of
//
//   e^(positive / temperature) / (e^(positive / temperature) + sum over others of e^(negative / temperature))
//
// (Bengio and Senecal, "Quick training of probabilistic neural nets by importance sampling", 2003). Low temperatures look at the
// hardest of the others alone. Others that are drawn by popularity (see popular_negatives) take the part of the popular items'
// lead out of the scores; drawn uniformly, they leave it in.
struct sampled_softmax {
  std::uint32_t drawn = 32;
  double temperature = 1;

  [[nodiscard]] constexpr std::uint32_t negatives() const noexcept { return drawn; }

  template <real T>
  [[nodiscard]] ranking_terms<T> terms(ranking_case<T> const& seen, std::span<T> slope) const noexcept {
    T const by = T{1} / static_cast<T>(temperature);
    T highest = seen.positive;
    for (T const s : seen.negative) highest = s > highest ? s : highest;
    T const chosen = std::exp((seen.positive - highest) * by);
    T sum = chosen;
    for (std::size_t k = 0; k != seen.negative.size(); ++k) {
      slope[k] = std::exp((seen.negative[k] - highest) * by);
      sum += slope[k];
    }
    T others = 0;
    for (std::size_t k = 0; k != seen.negative.size(); ++k) {
      slope[k] = slope[k] / sum * by;
      others += slope[k];
    }
    return {std::log(sum) - (seen.positive - highest) * by, -others};
  }
  void check() const {
    if (!(temperature >= 1e-3) || !is_finite(temperature))
      raise(error(error_kind::setting) << "sampled_softmax: temperature = " << temperature
                                       << "; it has to be a finite number of at least 0.001");
  }
};

KINDRED_END
