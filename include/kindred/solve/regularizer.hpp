// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>

#include <concepts>

KINDRED_BEGIN

// What large weights cost. penalty is the price of one weight, least for zero; shrink is the proximal step that lowers it at
// a learning rate, the w that minimizes penalty(w) + (w - weight)^2 / (2 rate). So shrink(0, rate) is 0, which keeps the
// padding of factors zero.
//
// A refinement for nothing: where shrink also takes a register of numbers for the weight - as l2's, a template over any V
// with arithmetic - solvers use it on whole registers. One for numbers alone, T or template <real T>, is called number by
// number.
template <class R, class T>
concept regularizer = std::copyable<R> && requires(R const& r, T weight, T rate) {
  { r.penalty(weight) } noexcept -> std::same_as<T>;
  { r.shrink(weight, rate) } noexcept -> std::same_as<T>;
};

namespace detail {

template <class R, class V, class T>
concept shrinks = requires(R const& r, V weight, T rate) {
  { r.shrink(weight, rate) } -> std::same_as<V>;
};

}  // namespace detail

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
