// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/solve/loss.hpp>

#include <concepts>

KINDRED_BEGIN

// What a loss is near a prediction: its value, its derivative, its second derivative there.
template <real T>
struct loss_terms {
  T value;
  T slope;
  T curvature;
};

// A loss that also knows its second derivative, which is never negative: what Newton's method asks for.
//
// Optional: l.terms(prediction, target) gives all three at once where they share their cost, as an exponential.
template <class L, class T>
concept curved_loss = loss<L, T> && requires(L const& l, T prediction, T target) {
  { l.curvature(prediction, target) } noexcept -> std::same_as<T>;
};

// The terms of any curved loss.
template <real T, curved_loss<T> L>
[[nodiscard]] loss_terms<T> terms_of(L const& l, T prediction, T target) noexcept {
  if constexpr (requires {
                  { l.terms(prediction, target) } noexcept -> std::same_as<loss_terms<T>>;
                })
    return l.terms(prediction, target);
  else return {l.value(prediction, target), l.slope(prediction, target), l.curvature(prediction, target)};
}

// The labels a loss is made for. A loss that names none takes any number.
template <class L>
[[nodiscard]] constexpr bool accepts_label(L const& l, double label) noexcept {
  if constexpr (requires { l.accepts(label); }) return l.accepts(label);
  else return true;
}

// What a prediction means in the unit of the labels: the probability, the expected count. The prediction itself where the
// loss has no mean(prediction).
template <class L, real T>
[[nodiscard]] T mean_of_prediction(L const& l, T prediction) noexcept {
  if constexpr (requires {
                  { l.mean(prediction) } noexcept -> std::same_as<T>;
                })
    return l.mean(prediction);
  else return prediction;
}

KINDRED_END
