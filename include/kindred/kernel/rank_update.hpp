// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/math.hpp>

#include <cstddef>

KINDRED_BEGIN

namespace kernel {

namespace detail {

// Rows of the product that are summed up at once, each in two registers: as many as there is room for.
#if defined(__AVX512F__) || defined(__aarch64__) || defined(_M_ARM64)
inline constexpr std::size_t update_rows = 8;
#else
inline constexpr std::size_t update_rows = 4;
#endif

// Registers of a[0 ... Rows) += sign * sum over j < count of rows[j][r] columns[j][...]; rows and columns lie so far apart.
template <std::size_t Rows, std::size_t Registers, bool Subtract, real T>
[[gnu::flatten]] void update_tile(T const* rows, std::size_t rows_apart, T const* columns, std::size_t columns_apart,
                                  std::size_t count, T* a, std::size_t a_stride) noexcept {
  using V = batch<T>;
  V sum[Rows][Registers];
  unroll<Rows>([&](auto r) {
    unroll<Registers>([&](auto c) { sum[r][c] = V::load_unaligned(a + r * a_stride + c * V::size); });
  });
  for (std::size_t j = 0; j != count; ++j, rows += rows_apart, columns += columns_apart) {
    V column[Registers];
    unroll<Registers>([&](auto c) { column[c] = V::load_unaligned(columns + c * V::size); });
    unroll<Rows>([&](auto r) {
      V const number(Subtract ? -rows[r] : rows[r]);
      unroll<Registers>([&](auto c) { sum[r][c] = math::multiply_add(number, column[c], sum[r][c]); });
    });
  }
  unroll<Rows>(
      [&](auto r) { unroll<Registers>([&](auto c) { sum[r][c].store_unaligned(a + r * a_stride + c * V::size); }); });
}

}  // namespace detail

// a += U' U, or a -= U' U, in the upper triangle of a: U has `count` rows of `size` numbers, `stride` apart, a `size` rows,
// `a_stride` apart. What of a lies below the diagonal is changed or not, and has no meaning. `size` is a multiple of 64
// bytes of numbers. Every number of a is a sum in the order of the rows. count x size^2 flops, and somewhat more.
template <bool Subtract = false, real T>
void rank_update(T const* rows, std::size_t count, std::size_t stride, T* a, std::size_t a_stride,
                 std::size_t size) noexcept {
  constexpr std::size_t width = batch<T>::size;
  constexpr std::size_t height = detail::update_rows;
  static_assert(64 / sizeof(T) % height == 0 && 64 / sizeof(T) % width == 0);
  for (std::size_t r = 0; r != size; r += height) {
    std::size_t c = r / (2 * width) * (2 * width);
    for (; c + 2 * width <= size; c += 2 * width)
      detail::update_tile<height, 2, Subtract>(rows + r, stride, rows + c, stride, count, a + r * a_stride + c,
                                               a_stride);
    for (; c + width <= size; c += width)
      detail::update_tile<height, 1, Subtract>(rows + r, stride, rows + c, stride, count, a + r * a_stride + c,
                                               a_stride);
  }
}

}  // namespace kernel

KINDRED_END
