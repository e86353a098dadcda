// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <span>

KINDRED_BEGIN

namespace detail {

[[nodiscard]] inline double total(std::span<double const> values) noexcept {
  double sum = 0;
  for (double const v : values) sum += v;
  return sum;
}

}  // namespace detail

KINDRED_END
