// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace support {

// How often memory was asked of global operator new, which counts in this program.
std::uint64_t allocations() noexcept;

// After so many more of them there is no memory, until it is said anew.
inline constexpr std::uint64_t without_end = ~std::uint64_t{0};
void allow_allocations(std::uint64_t more) noexcept;

}  // namespace support
