// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/score/explainer.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

// Inserts a reason into out[0 ... count - 1], which holds the strongest so far in order; returns the new count. The weakest
// falls off the end when there is no room. Strongest is the largest |share|, of equal ones the lower id.
template <real T>
[[nodiscard]] std::size_t keep_strongest(std::span<evidence<T>> out, std::size_t count, evidence<T> one) noexcept {
  auto const before = [](evidence<T> const& a, evidence<T> const& b) {
    T const x = a.share < 0 ? -a.share : a.share;
    T const y = b.share < 0 ? -b.share : b.share;
    return x != y ? x > y : a.id < b.id;
  };
  if (count == out.size()) {
    if (count == 0 || !before(one, out[count - 1])) return count;
    --count;
  }
  std::size_t at = count;
  for (; at != 0 && before(one, out[at - 1]); --at) out[at] = out[at - 1];
  out[at] = one;
  return count + 1;
}

KINDRED_END
