// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/data/scored_examples.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <tuple>

KINDRED_BEGIN

// How good probabilities are, each example by its weight. Smaller is better.
struct probability_accuracy {
  double log_loss = 0;  // mean of -log(what was said of what happened), in nats
  double normalized_entropy =
      0;             // log_loss / that of always saying the share of what happened; below 1 is better than that
  double brier = 0;  // mean of (probability - 0 or 1)^2
  double mean_probability = 0;
  double share =
      0;  // of what happened: mean_probability / share is 1 when nothing is over- or understated on the whole

  // The figures that have a mean and a spread over folds.
  friend auto fields(probability_accuracy& a) noexcept {
    return std::tie(a.log_loss, a.normalized_entropy, a.brier, a.mean_probability, a.share);
  }
};

// Judges probabilities. Being sure and wrong costs -log(2^-52), some 36 nats, and not infinitely much: probabilities are
// clipped to what double tells from 0 and 1 (as scikit-learn does). The normalized entropy (He et al., "Practical lessons from
// predicting clicks on ads at Facebook", 2014) is 0 where everything or nothing happened. All zero without examples. O(n).
// Throws as scored_examples::check, and error{data} for what is no probability.
template <real T>
[[nodiscard]] probability_accuracy evaluate_probabilities(scored_examples<T> const& all) {
  all.check_probabilities();
  constexpr double least = std::numeric_limits<double>::epsilon();
  double weight = 0, log_loss = 0, squares = 0, said = 0, happened = 0;
  for (std::size_t k = 0; k != all.size(); ++k) {
    double const w = all.weight_of(k);
    auto const p = static_cast<double>(all.score[k]);
    double const right = all.happened(k) ? p : 1 - p;
    weight += w;
    log_loss -= w * std::log(right < least ? least : right > 1 - least ? 1 - least : right);
    squares += w * (1 - right) * (1 - right);
    said += w * p;
    if (all.happened(k)) happened += w;
  }
  if (!(weight > 0)) return {};
  double const share = happened / weight;
  double const entropy = share > 0 && share < 1 ? -share * std::log(share) - (1 - share) * std::log1p(-share) : 0;
  double const mean_loss = log_loss / weight;
  return {mean_loss, entropy > 0 ? mean_loss / entropy : 0, squares / weight, said / weight, share};
}

KINDRED_END
