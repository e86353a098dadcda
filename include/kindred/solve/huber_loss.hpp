// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>

KINDRED_BEGIN

// Squared loss near the target, absolute beyond `width` of it (Huber, 1964): with e = p - t, value e^2 / 2 and slope e where
// |e| <= width, value width (|e| - width / 2) and slope of that size elsewhere. As precise as least squares about ordinary
// ratings, and no more impressed by a wild one than by one that is wrong by width.
struct huber_loss {
  double width = 1;

  static constexpr stored_format format{"huber_loss", 1};
  static constexpr void fields(auto& self, auto& visit) { visit("width", self.width); }
  void restore() const { check(); }

  template <real T>
  [[nodiscard]] constexpr T value(T prediction, T target) const noexcept {
    T const size = prediction < target ? target - prediction : prediction - target;
    T const w = static_cast<T>(width);
    return size <= w ? size * size / 2 : w * (size - w / 2);
  }
  template <real T>
  [[nodiscard]] constexpr T slope(T prediction, T target) const noexcept {
    T const wrong = prediction - target;
    T const w = static_cast<T>(width);
    return wrong > w ? w : wrong < -w ? -w : wrong;
  }
  template <real T>
  [[nodiscard]] constexpr T curvature(T prediction, T target) const noexcept {
    T const size = prediction < target ? target - prediction : prediction - target;
    return size <= static_cast<T>(width) ? T{1} : T{0};
  }
  void check() const { check_not_negative("huber_loss: width", width); }
};

KINDRED_END
