// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cmath>
#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// The x that minimizes  h / 2 x^2 - wish h x + cut h |x|: soft thresholding, toward zero and not beyond.
[[nodiscard]] inline double shrunk(double wish, double cut) noexcept {
  return wish > cut ? wish - cut : wish < -cut ? wish + cut : 0;
}

// Of the subgradients of  f + l1 |w|  along one weight, with g the slope of f, the one closest to zero.
[[nodiscard]] inline double least_subgradient(double w, double g, double l1) noexcept {
  return w > 0 ? g + l1 : w < 0 ? g - l1 : shrunk(g, l1);
}

// The norm of the least subgradient, zero at a minimum: the first `priced` parameters pay l1, the others nothing.
[[nodiscard]] inline double least_subgradient_norm(std::span<double const> w, std::span<double const> gradient,
                                                   std::size_t priced, double l1) noexcept {
  double sum = 0;
  for (std::size_t j = 0; j != w.size(); ++j) {
    double const g = j < priced ? least_subgradient(w[j], gradient[j], l1) : gradient[j];
    sum += g * g;
  }
  return std::sqrt(sum);
}

}  // namespace detail

KINDRED_END
