// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>

#include <concepts>

KINDRED_BEGIN

// What large weights cost. penalty is the price of one weight; shrink is the proximal step that lowers it at a learning rate,
// the w that minimizes penalty(w) + (w - weight)^2 / (2 rate).
//
// A refinement for nothing: a shrink written as a template over its argument also takes vectors of numbers, and solvers
// then use it on whole registers.
template <class R, class T>
concept regularizer = std::copyable<R> && requires(R const& r, T weight, T rate) {
  { r.penalty(weight) } noexcept -> std::same_as<T>;
  { r.shrink(weight, rate) } noexcept -> std::same_as<T>;
};

// Half the square, times strength: penalty strength w^2 / 2, shrink w / (1 + rate strength). Ridge, weight decay.
struct l2 {
  double strength = 0.08;

  template <real T>
  [[nodiscard]] constexpr T penalty(T weight) const noexcept {
    return static_cast<T>(strength) * weight * weight / 2;
  }
  template <class V, real T>
  [[nodiscard]] constexpr V shrink(V weight, T rate) const noexcept {
    return weight * (T{1} / (T{1} + rate * static_cast<T>(strength)));
  }
  void check() const { check_not_negative("l2: strength", strength); }
};

// Costs nothing.
struct unregularized {
  template <real T>
  [[nodiscard]] constexpr T penalty(T) const noexcept {
    return T{0};
  }
  template <class V, real T>
  [[nodiscard]] constexpr V shrink(V weight, T) const noexcept {
    return weight;
  }
};

KINDRED_END
