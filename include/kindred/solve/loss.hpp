// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>

#include <concepts>

KINDRED_BEGIN

// What a wrong prediction costs. slope is the derivative of value in the prediction; both are finite for finite arguments.
template <class L, class T>
concept loss = std::copyable<L> && requires(L const& l, T prediction, T target) {
  { l.value(prediction, target) } noexcept -> std::same_as<T>;
  { l.slope(prediction, target) } noexcept -> std::same_as<T>;
};

// Half the square of the error: value (p - t)^2 / 2, slope p - t. Learns the mean.
struct squared_loss {
  static constexpr stored_format format{"squared_loss", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  template <real T>
  [[nodiscard]] constexpr T value(T prediction, T target) const noexcept {
    T const wrong = prediction - target;
    return wrong * wrong / 2;
  }
  template <real T>
  [[nodiscard]] constexpr T slope(T prediction, T target) const noexcept {
    return prediction - target;
  }
  template <real T>
  [[nodiscard]] constexpr T curvature(T, T) const noexcept {
    return T{1};
  }
};

KINDRED_END
