// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>

KINDRED_BEGIN

// The error without its sign: value |p - t|, slope -1, 0 or 1. Learns the median, which a few wild ratings do not move.
struct absolute_loss {
  static constexpr stored_format format{"absolute_loss", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  template <real T>
  [[nodiscard]] constexpr T value(T prediction, T target) const noexcept {
    return prediction < target ? target - prediction : prediction - target;
  }
  template <real T>
  [[nodiscard]] constexpr T slope(T prediction, T target) const noexcept {
    return prediction < target ? T{-1} : prediction > target ? T{1} : T{0};
  }
};

KINDRED_END
