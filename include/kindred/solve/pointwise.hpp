// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/ranking_loss.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// A ranking loss of any loss of yes and no, item by item: the chosen one is a yes, each of `drawn` others is a no of weight
// `weight`. Of the logistic loss that is logistic matrix factorization (Johnson, 2014), its sum over all items estimated from a
// sample.
template <class Loss = logistic_loss>
struct pointwise {
  static_assert(kindred::loss<Loss, detail::either<kindred::loss<Loss, double>>>, "pointwise: not a loss");

  std::uint32_t drawn = 4;
  double weight = 1;
  Loss loss = {};

  [[nodiscard]] constexpr std::uint32_t negatives() const noexcept { return drawn; }

  template <real T>
    requires kindred::loss<Loss, T>
  [[nodiscard]] ranking_terms<T> terms(ranking_case<T> const& seen, std::span<T> slope) const noexcept {
    T const w = static_cast<T>(weight);
    ranking_terms<T> out{loss.value(seen.positive, T{1}), loss.slope(seen.positive, T{1})};
    for (std::size_t k = 0; k != seen.negative.size(); ++k) {
      out.value += w * loss.value(seen.negative[k], T{0});
      slope[k] = w * loss.slope(seen.negative[k], T{0});
    }
    return out;
  }
  void check() const {
    check_not_negative("pointwise: weight", weight);
    check_settings(loss);
  }
};

KINDRED_END
