// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/solve/curved_loss.hpp>

#include <cmath>

KINDRED_BEGIN

// The negative log-likelihood of a count whose expectation has the logarithm p, up to a constant: e^p - t p, slope e^p - t.
// Targets are zero or more; an exposure enters as an offset, its logarithm.
//
// Above p = 30 (expectations of 10^13) the exponential goes on as its second-order expansion: finite for every finite p, and
// as smooth as a Newton step needs.
struct poisson_loss {
  static constexpr stored_format format{"poisson_loss", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  static constexpr double steepest = 30;

  template <real T>
  [[nodiscard]] T value(T p, T t) const noexcept {
    return expectation(p, 0) - t * p;
  }
  template <real T>
  [[nodiscard]] T slope(T p, T t) const noexcept {
    return expectation(p, 1) - t;
  }
  template <real T>
  [[nodiscard]] T curvature(T p, T) const noexcept {
    return expectation(p, 2);
  }
  template <real T>
  [[nodiscard]] T mean(T p) const noexcept {
    return expectation(p, 0);
  }
  [[nodiscard]] static constexpr bool accepts(double label) noexcept { return label >= 0; }

private:
  template <real T>
  [[nodiscard]] static T expectation(T p, int derivative) noexcept {
    T const top = static_cast<T>(steepest);
    if (p <= top) return std::exp(p);
    T const beyond = p - top;
    T const height = std::exp(top);
    return height * (derivative == 0 ? T{1} + beyond + beyond * beyond / 2 : derivative == 1 ? T{1} + beyond : T{1});
  }
};

KINDRED_END
