// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace support {

// How often memory was asked of global operator new, which counts in this program.
std::uint64_t allocations() noexcept;

}  // namespace support
