// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/fold.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/math.hpp>

#include <cstddef>

KINDRED_BEGIN

// A vector against many rows that lie wherever row_at(j) says, of `size` numbers, a multiple of 64 bytes of them: rows that are
// picked out of a matrix, as those of the items of a user.
namespace kernel {

namespace detail {

template <std::size_t Rows, class RowAt, real T>
[[gnu::flatten]] void dot_few(RowAt const& row_at, std::size_t first, T const* x, std::size_t size, T* out) noexcept {
  using V = batch<T>;
  T const* row[Rows];
  V sum[Rows];
  unroll<Rows>([&](auto r) {
    row[r] = row_at(first + r);
    sum[r] = V(T{0});
  });
  for (std::size_t k = 0; k != size; k += V::size) {
    V const number = V::load_unaligned(x + k);
    unroll<Rows>([&](auto r) { sum[r] = math::multiply_add(number, V::load_unaligned(row[r] + k), sum[r]); });
  }
  unroll<Rows>([&](auto r) { out[first + r] = join_lanes<1, V>(sum[r], added{}); });
}

template <std::size_t Registers, class RowAt, real T>
[[gnu::flatten]] void add_columns(RowAt const& row_at, std::size_t count, T const* factor, T* y) noexcept {
  using V = batch<T>;
  V sum[Registers];
  unroll<Registers>([&](auto c) { sum[c] = V::load_unaligned(y + c * V::size); });
  for (std::size_t j = 0; j != count; ++j) {
    V const number(factor[j]);
    T const* const row = row_at(j);
    unroll<Registers>(
        [&](auto c) { sum[c] = math::multiply_add(number, V::load_unaligned(row + c * V::size), sum[c]); });
  }
  unroll<Registers>([&](auto c) { sum[c].store_unaligned(y + c * V::size); });
}

}  // namespace detail

// out[j] = <x, row j>. The bits of each do not depend on its place.
template <class RowAt, real T>
void dot_rows(RowAt const& row_at, std::size_t count, T const* x, std::size_t size, T* out) noexcept {
  std::size_t j = 0;
  for (; j + 4 <= count; j += 4) detail::dot_few<4>(row_at, j, x, size, out);
  for (; j != count; ++j) detail::dot_few<1>(row_at, j, x, size, out);
}

// y += sum of factor[j] row j, in the order of the rows.
template <class RowAt, real T>
void add_rows(RowAt const& row_at, std::size_t count, T const* factor, T* y, std::size_t size) noexcept {
  constexpr std::size_t width = batch<T>::size;
  std::size_t c = 0;
  auto const from_c = [&](std::size_t j) { return row_at(j) + c; };
  for (; c + 4 * width <= size; c += 4 * width) detail::add_columns<4>(from_c, count, factor, y + c);
  for (; c != size; c += width) detail::add_columns<1>(from_c, count, factor, y + c);
}

}  // namespace kernel

KINDRED_END
