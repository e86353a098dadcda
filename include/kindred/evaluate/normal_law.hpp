// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cmath>

KINDRED_BEGIN

namespace detail {

// The chance that a standard normal number is at most z.
[[nodiscard]] inline double normal_below(double z) noexcept { return std::erfc(-z / 1.4142135623730951) / 2; }

// The z with that chance, 0 < p < 1, by halving: it is asked for a few times an evaluation, and so needs no table of
// coefficients that nobody can check by eye.
[[nodiscard]] inline double normal_quantile(double p) noexcept {
  double low = -40, high = 40;
  for (int step = 0; step != 64; ++step) {
    double const middle = (low + high) / 2;
    (normal_below(middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace detail

KINDRED_END
