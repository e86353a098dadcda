// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstddef>

KINDRED_BEGIN

namespace kernel {

// Asks for memory that will be read soon: for rows in random order, whose place is known before their turn. Changes nothing.
inline void prefetch([[maybe_unused]] void const* where) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(where);
#endif
}

// The same for n numbers, cache line by cache line.
template <class T>
void prefetch(T const* row, std::size_t n) noexcept {
  for (std::size_t k = 0; k < n; k += 64 / sizeof(T)) prefetch(row + k);
}

}  // namespace kernel

KINDRED_END
