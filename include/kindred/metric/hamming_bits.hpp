// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/view/comparison.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// A row of yes and no, 64 to a word.
using bit_row = std::span<std::uint64_t const>;

// Hamming distance of two rows of bits: in how many they differ. For hashes and binary codes. A metric.
struct hamming_bits {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};

  [[nodiscard]] double operator()(bit_row a, bit_row b) const noexcept {
    KINDRED_ASSERT(a.size() == b.size());
    std::uint64_t count = 0;
    for (std::size_t k = 0; k != a.size(); ++k) count += static_cast<std::uint64_t>(std::popcount(a[k] ^ b[k]));
    return static_cast<double>(count);
  }
};

KINDRED_END
