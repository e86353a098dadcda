// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstdint>

KINDRED_BEGIN

// How many neighbors all_pairs keeps of every row, and how many columns two rows must share to be compared at all: one at
// least, for zero counts as one.
struct neighbor_limits {
  std::uint32_t keep = 40;
  std::uint32_t min_shared = 1;
};

KINDRED_END
