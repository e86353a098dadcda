// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/solve/curved_loss.hpp>

#include <cmath>

KINDRED_BEGIN

// 1 / (1 + e^-x), without overflow.
template <real T>
[[nodiscard]] T sigmoid(T x) noexcept {
  T const e = std::exp(x < 0 ? x : -x);
  return (x < 0 ? e : T{1}) / (T{1} + e);
}

// The negative log-likelihood of a yes or no whose log-odds are the prediction p: log(1 + e^p) - t p, slope sigmoid(p) - t,
// curvature sigmoid(p) (1 - sigmoid(p)). Targets are 0 and 1, or a probability between.
struct logistic_loss {
  static constexpr stored_format format{"logistic_loss", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  template <real T>
  [[nodiscard]] T value(T p, T t) const noexcept {
    return std::log1p(std::exp(p < 0 ? p : -p)) + (p < 0 ? -t * p : (T{1} - t) * p);
  }
  template <real T>
  [[nodiscard]] T slope(T p, T t) const noexcept {
    return sigmoid(p) - t;
  }
  template <real T>
  [[nodiscard]] T curvature(T p, T) const noexcept {
    T const e = std::exp(p < 0 ? p : -p);
    return e / ((T{1} + e) * (T{1} + e));
  }
  template <real T>
  [[nodiscard]] loss_terms<T> terms(T p, T t) const noexcept {
    T const e = std::exp(p < 0 ? p : -p);
    T const yes = T{1} / (T{1} + e);  // of the likelier side
    return {std::log1p(e) + (p < 0 ? -t * p : (T{1} - t) * p), (p < 0 ? e * yes : yes) - t, e * yes * yes};
  }
  template <real T>
  [[nodiscard]] T mean(T p) const noexcept {
    return sigmoid(p);
  }
  [[nodiscard]] static constexpr bool accepts(double label) noexcept { return label >= 0 && label <= 1; }
};

KINDRED_END
