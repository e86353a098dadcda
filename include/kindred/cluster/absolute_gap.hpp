// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>

#include <cmath>
#include <cstddef>

KINDRED_BEGIN

namespace detail {

// The sum of |a[k] - b[k]| in double, in eight lanes so that compilers use registers.
template <real T>
[[nodiscard]] double absolute_gap(T const* a, T const* b, std::size_t n) noexcept {
  double lane[8] = {};
  std::size_t k = 0;
  for (; k + 8 <= n; k += 8)
    for (std::size_t l = 0; l != 8; ++l)
      lane[l] += std::abs(static_cast<double>(a[k + l]) - static_cast<double>(b[k + l]));
  for (std::size_t l = 0; k != n; ++k, ++l) lane[l] += std::abs(static_cast<double>(a[k]) - static_cast<double>(b[k]));
  return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

}  // namespace detail

KINDRED_END
