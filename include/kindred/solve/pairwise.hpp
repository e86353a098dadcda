// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/ranking_loss.hpp>

#include <concepts>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// A ranking loss of any loss of yes and no: one other item is drawn, and "the chosen one is above it" has to be a yes, with the
// difference of the scores as the prediction. Of the logistic loss that is BPR's, of hinge_loss that of a support vector machine
// of pairs.
template <class Loss = logistic_loss>
struct pairwise {
  static_assert(kindred::loss<Loss, detail::either<kindred::loss<Loss, double>>>, "pairwise: not a loss");

  Loss loss = {};

  [[nodiscard]] static constexpr std::uint32_t negatives() noexcept { return 1; }

  template <real T>
    requires kindred::loss<Loss, T>
  [[nodiscard]] ranking_terms<T> terms(ranking_case<T> const& seen, std::span<T> slope) const noexcept {
    T const above = seen.positive - seen.negative[0];
    ranking_terms<T> out;
    if constexpr (curved_loss<Loss, T>) {
      auto const of = terms_of(loss, above, T{1});
      out = {of.value, of.slope};
    } else {
      out = {loss.value(above, T{1}), loss.slope(above, T{1})};
    }
    slope[0] = -out.slope;
    return out;
  }
  void check() const { check_settings(loss); }
};

KINDRED_END
