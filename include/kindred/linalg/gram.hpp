// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/rank_update.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cstddef>
#include <vector>

KINDRED_BEGIN

// scale V' V of a matrix whose rows are padded with zeros to whole cache lines, as those of factors are: both triangles, in
// padded_size(columns) rows of as many numbers.
//
// Rows are added up in at most 64 parts, and these along a tree: the same bits on any number of threads, and sums of a
// million rows that lose no more to rounding than sums of some thousands. rows x columns^2 flops.
template <real T, executor E>
[[nodiscard]] buffer<T> gram(E& ex, matrix_view<T> v, T scale) {
  std::size_t const size = padded_size<T>(v.columns());
  KINDRED_ASSERT(v.stride() >= size || v.rows() == 0);
  std::size_t const grain = v.rows() / 64 + 1 > 256 ? v.rows() / 64 + 1 : 256;
  std::size_t count = chunk_count(v.rows(), grain);
  std::vector<buffer<T>> part(count == 0 ? 1 : count);
  part[0] = buffer<T>(size * size, T{0});
  ex.bulk(count, [&](std::size_t k) {
    chunk const c = chunk_at(v.rows(), grain, k);
    buffer<T> sum(size * size, T{0});
    constexpr std::size_t tile = 64;  // rows that are looked at again while they are in the nearest cache
    for (std::size_t r = c.first; r < c.last; r += tile)
      kernel::rank_update(v.data() + r * v.stride(), c.last - r < tile ? c.last - r : tile, v.stride(), sum.data(),
                          size, size);
    part[k] = std::move(sum);
  });
  for (; count > 1; count = count / 2 + count % 2) {
    for (std::size_t k = 0; k != count / 2; ++k) {
      if (k != 0) part[k] = std::move(part[2 * k]);
      for (std::size_t j = 0; j != size * size; ++j) part[k][j] += part[2 * k + 1][j];
    }
    if (count % 2 != 0 && count != 1) part[count / 2] = std::move(part[count - 1]);
  }
  buffer<T> out = std::move(part[0]);
  for (std::size_t r = 0; r != size; ++r)
    for (std::size_t c = r; c != size; ++c) out[r * size + c] = out[c * size + r] = scale * out[r * size + c];
  return out;
}

KINDRED_END
