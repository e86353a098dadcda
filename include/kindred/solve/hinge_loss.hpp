// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>

KINDRED_BEGIN

// The losses of support vector machines: with y = 1 for the target 1 and y = -1 for the target 0, what a prediction p lacks
// to being right by a margin of one, m = max(0, 1 - y p). No probabilities come of them.

namespace detail {

template <real T>
[[nodiscard]] constexpr T sign_of_label(T t) noexcept {
  return t > 0 ? T{1} : T{-1};
}
template <real T>
[[nodiscard]] constexpr T lacking(T p, T y) noexcept {
  T const m = T{1} - y * p;
  return m > 0 ? m : T{0};
}

}  // namespace detail

// m itself: few examples, the support vectors, decide. No curvature: for dual_descent and for gradient steps.
struct hinge_loss {
  static constexpr stored_format format{"hinge_loss", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  template <real T>
  [[nodiscard]] constexpr T value(T p, T t) const noexcept {
    return detail::lacking(p, detail::sign_of_label(t));
  }
  template <real T>
  [[nodiscard]] constexpr T slope(T p, T t) const noexcept {
    T const y = detail::sign_of_label(t);
    return y * p < 1 ? -y : T{0};
  }
  [[nodiscard]] static constexpr bool accepts(double label) noexcept { return label == 0 || label == 1; }
};

// m squared: smooth, so that Newton's method applies (with the generalized curvature, 2 where m > 0).
struct squared_hinge_loss {
  static constexpr stored_format format{"squared_hinge_loss", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  template <real T>
  [[nodiscard]] constexpr T value(T p, T t) const noexcept {
    T const m = detail::lacking(p, detail::sign_of_label(t));
    return m * m;
  }
  template <real T>
  [[nodiscard]] constexpr T slope(T p, T t) const noexcept {
    T const y = detail::sign_of_label(t);
    return T{-2} * y * detail::lacking(p, y);
  }
  template <real T>
  [[nodiscard]] constexpr T curvature(T p, T t) const noexcept {
    return detail::sign_of_label(t) * p < 1 ? T{2} : T{0};
  }
  [[nodiscard]] static constexpr bool accepts(double label) noexcept { return label == 0 || label == 1; }
};

KINDRED_END
