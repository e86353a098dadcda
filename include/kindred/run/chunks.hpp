// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/run/executor.hpp>

#include <cstddef>
#include <vector>

KINDRED_BEGIN

// Half-open range of work that one task does.
struct chunk {
  std::size_t first;
  std::size_t last;
};

// How many chunks of at most `grain` make `size`, and which range the k-th is.
//
// The cut depends on (size, grain) alone and never on the number of threads: that is what makes a sum of per-chunk sums
// the same bits on one thread and on sixteen.
[[nodiscard]] constexpr std::size_t chunk_count(std::size_t size, std::size_t grain) noexcept {
  return size / grain + (size % grain != 0 ? 1 : 0);
}
[[nodiscard]] constexpr chunk chunk_at(std::size_t size, std::size_t grain, std::size_t k) noexcept {
  std::size_t const first = k * grain;
  return {first, size - first < grain ? size : first + grain};
}

// Calls body(first, last) for every chunk of 0 ... size, on the executor. The body writes only what belongs to its range.
template <executor E, class Body>
void for_chunks(E& ex, std::size_t size, std::size_t grain, Body const& body) {
  ex.bulk(chunk_count(size, grain), [&](std::size_t k) {
    chunk const c = chunk_at(size, grain, k);
    body(c.first, c.last);
  });
}

// The sum of part(first, last) over all chunks: a slot per chunk, added in pairs along a fixed tree.
//
// The same bits for every executor. The tree also loses less to rounding than a running sum: O(log n) against O(n).
template <class Sum, executor E, class Part>
[[nodiscard]] Sum reduce_chunks(E& ex, std::size_t size, std::size_t grain, Part const& part) {
  std::size_t count = chunk_count(size, grain);
  if (count == 0) return Sum{};
  std::vector<Sum> slot(count);
  ex.bulk(count, [&](std::size_t k) {
    chunk const c = chunk_at(size, grain, k);
    slot[k] = part(c.first, c.last);
  });
  for (; count != 1; count = count / 2 + count % 2) {
    for (std::size_t k = 0; k != count / 2; ++k) slot[k] = slot[2 * k] + slot[2 * k + 1];
    if (count % 2 != 0) slot[count / 2] = slot[count - 1];
  }
  return slot[0];
}

KINDRED_END
