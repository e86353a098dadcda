// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/prefetch.hpp>
#include <kindred/kernel/rank_update.hpp>

#include <cstddef>

KINDRED_BEGIN

namespace kernel {

// Rows and columns of the blocks that large products are made of: two of them fit the second cache.
template <real T>
inline constexpr std::size_t product_block = 1024 / sizeof(T);

// The factors of a product of blocks, copied so that they are read from end to end: x in panels of as many columns as
// registers hold at once, y likewise.
template <real T>
struct packed_blocks {
  static constexpr std::size_t size = product_block<T>;
  static constexpr std::size_t height = detail::update_rows;
  static constexpr std::size_t width = 2 * batch<T>::size;
  static_assert(size % height == 0 && size % width == 0);

  // `count` rows of a block of so many columns, `stride` apart.
  void take_x(T const* x, std::size_t count, std::size_t stride, std::size_t columns) noexcept {
    pack<height>(x, count, stride, columns, x_panels);
  }
  void take_y(T const* y, std::size_t count, std::size_t stride, std::size_t columns) noexcept {
    pack<width>(y, count, stride, columns, y_panels);
  }

  alignas(64) T x_panels[size * size];
  alignas(64) T y_panels[size * size];

private:
  // Row by row, as they lie in memory: rows of a large matrix are pages apart.
  template <std::size_t Width>
  static void pack(T const* from, std::size_t count, std::size_t stride, std::size_t columns, T* to) noexcept {
    for (std::size_t j = 0; j != count; ++j, from += stride, to += Width) {
      T* panel = to;
      std::size_t c = 0;
      for (; c + Width <= columns; c += Width, panel += count * Width)
        for (std::size_t k = 0; k != Width; ++k) panel[k] = from[c + k];
      if (c < columns)
        for (std::size_t k = 0; k != Width; ++k) panel[k] = c + k < columns ? from[c + k] : T{0};
    }
  }
};

// a += X' Y, or a -= X' Y, of packed blocks of `count` rows: a has `rows` rows, as many as x has columns, of `columns`
// numbers. Both are multiples of 64 bytes of numbers, at most product_block. Every number is a sum in the order of the rows.
template <bool Subtract = false, real T>
void block_product(packed_blocks<T> const& packed, std::size_t count, std::size_t rows, std::size_t columns, T* a,
                   std::size_t a_stride) noexcept {
  using P = packed_blocks<T>;
  for (std::size_t c = 0; c < columns; c += P::width)
    for (std::size_t r = 0; r != rows; r += P::height) {
      T const* const x = packed.x_panels + r * count;
      T const* const y = packed.y_panels + c * count;
      T* const place = a + r * a_stride + c;
      if (r + P::height != rows)  // what the next tile adds to arrives meanwhile
        for (std::size_t k = P::height; k != 2 * P::height; ++k) prefetch(place + k * a_stride, P::width);
      if (columns - c >= P::width)
        detail::update_tile<P::height, 2, Subtract>(x, P::height, y, P::width, count, place, a_stride);
      else detail::update_tile<P::height, 1, Subtract>(x, P::height, y, P::width, count, place, a_stride);
    }
}

}  // namespace kernel

KINDRED_END
