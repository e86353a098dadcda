// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/prefetch.hpp>
#include <kindred/kernel/rank_update.hpp>

#include <cstddef>
#include <type_traits>

KINDRED_BEGIN

namespace kernel {

// Rows and columns of the blocks that large products are made of: two of them fit the second cache.
template <real T>
inline constexpr std::size_t product_block = 1152 / sizeof(T);

// Columns of the panels that the factors of a block_product are made of: as many as registers hold at once.
template <real T>
inline constexpr std::size_t left_panel = detail::update_rows;
template <real T>
inline constexpr std::size_t right_panel = 3 * batch<T>::size;

// Copies `count` rows of so many columns, `stride` apart, so that a product reads them from end to end: in panels of Width
// columns, each row by row, the last filled up with zeros. The panel of column c, a multiple of Width, is at to + c * count.
//
// Row by row, as they lie in memory: rows of a large matrix are pages apart.
template <std::size_t Width, real T>
void pack_panels(T const* from, std::size_t count, std::size_t stride, std::size_t columns, T* to) noexcept {
  for (std::size_t j = 0; j != count; ++j, from += stride, to += Width) {
    T* panel = to;
    std::size_t c = 0;
    for (; c + Width <= columns; c += Width, panel += count * Width)
      for (std::size_t k = 0; k != Width; ++k) panel[k] = from[c + k];
    if (c < columns)
      for (std::size_t k = 0; k != Width; ++k) panel[k] = c + k < columns ? from[c + k] : T{0};
  }
}

struct row_range {
  std::size_t first;
  std::size_t last;
};

// a += X' Y, or a -= X' Y, of `count` rows of each, X in panels of left_panel columns and Y of right_panel: a has `rows` rows, as
// many as X has columns, of `columns` numbers. Both are multiples of 64 bytes of numbers, at most product_block. depth(r, c) says
// which of the rows of X and Y count for the tile whose first number is a[r][c]: others are known to be zero there, or it is not
// asked for. Every number is a sum in the order of the rows.
template <bool Subtract = false, real T, class Depth>
void block_product(T const* left, T const* right, std::size_t count, std::size_t rows, std::size_t columns, T* a,
                   std::size_t a_stride, Depth const& depth) noexcept {
  constexpr std::size_t height = left_panel<T>, width = right_panel<T>;
  static_assert(product_block<T> % height == 0 && product_block<T> % width == 0);
  for (std::size_t c = 0; c < columns; c += width)
    for (std::size_t r = 0; r != rows; r += height) {
      row_range const deep = depth(r, c);
      if (deep.first == deep.last) continue;
      T const* const x = left + r * count + deep.first * height;
      T const* const y = right + c * count + deep.first * width;
      T* const place = a + r * a_stride + c;
      if (r + height != rows)  // what the next tile adds to arrives meanwhile
        for (std::size_t k = height; k != 2 * height; ++k) prefetch(place + k * a_stride, width);
      auto const add = [&]<std::size_t Registers>(std::integral_constant<std::size_t, Registers>) {
        detail::update_tile<height, Registers, Subtract>(x, height, y, width, deep.last - deep.first, place, a_stride);
      };
      std::size_t const left_over = (columns - c) / batch<T>::size;
      if (left_over >= 3) add(std::integral_constant<std::size_t, 3>{});
      else if (left_over == 2) add(std::integral_constant<std::size_t, 2>{});
      else add(std::integral_constant<std::size_t, 1>{});
    }
}

}  // namespace kernel

KINDRED_END
