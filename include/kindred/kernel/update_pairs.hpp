// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>

#include <cstddef>

KINDRED_BEGIN

namespace kernel {

// Replaces a[k], b[k] by what step(a[k], b[k]) gives for every k < n. The step takes and returns std::array<V, 2> for V a
// number or a batch of them; one that only knows numbers is called number by number.
template <real T, class Step>
void update_pairs(T* a, T* b, std::size_t n, Step const& step) noexcept {
  std::size_t whole = 0;
  if constexpr (requires(batch<T> v) { step(v, v); }) {
    constexpr std::size_t width = batch<T>::size;
    whole = n - n % width;
    for (std::size_t k = 0; k != whole; k += width) {
      auto const next = step(batch<T>::load_unaligned(a + k), batch<T>::load_unaligned(b + k));
      next[0].store_unaligned(a + k);
      next[1].store_unaligned(b + k);
    }
  }
  for (std::size_t k = whole; k < n; ++k) {
    auto const next = step(a[k], b[k]);
    a[k] = next[0];
    b[k] = next[1];
  }
}

}  // namespace kernel

KINDRED_END
