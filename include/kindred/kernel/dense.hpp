// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>

#include <xsimd/xsimd.hpp>

#include <array>
#include <cstddef>

KINDRED_BEGIN

// Loops over dense rows, in the vector registers of this translation unit's instruction set. xsimd lives in this folder
// and nowhere else. Rows may start anywhere; nothing here demands alignment.
namespace kernel {

template <real T>
using batch = xsimd::batch<T>;

// Sums run in this many lanes, whatever the registers hold: 128 bytes. Element k belongs to lane k % lanes, and the lanes are
// added along one fixed tree, so that SSE2, AVX2 and AVX-512 add in the same order and, without contraction to fused
// multiply-add (-ffp-contract=off), give the same bits.
template <real T>
inline constexpr std::size_t lanes = 128 / sizeof(T);

namespace detail {

template <real T>
[[nodiscard]] inline T add_lanes(std::array<T, lanes<T>>& lane) noexcept {
  for (std::size_t half = lanes<T> / 2; half != 0; half /= 2)
    for (std::size_t k = 0; k != half; ++k) lane[k] += lane[k + half];
  return lane[0];
}

}  // namespace detail

// The inner product of two rows of n numbers.
template <real T>
[[nodiscard]] T dot(T const* a, T const* b, std::size_t n) noexcept {
  constexpr std::size_t width = batch<T>::size;
  constexpr std::size_t registers = lanes<T> / width;
  std::array<batch<T>, registers> sum;
  for (auto& s : sum) s = batch<T>(T{0});
  std::size_t k = 0;
  for (; k + lanes<T> <= n; k += lanes<T>)
    for (std::size_t r = 0; r != registers; ++r)
      sum[r] += batch<T>::load_unaligned(a + k + r * width) * batch<T>::load_unaligned(b + k + r * width);
  for (std::size_t r = 0; k + width <= n; k += width, ++r)
    sum[r] += batch<T>::load_unaligned(a + k) * batch<T>::load_unaligned(b + k);
  std::array<T, lanes<T>> lane;
  for (std::size_t r = 0; r != registers; ++r) sum[r].store_unaligned(lane.data() + r * width);
  for (; k != n; ++k) lane[k % lanes<T>] += a[k] * b[k];
  return detail::add_lanes(lane);
}

// Replaces a[k], b[k] by what step(a[k], b[k]) gives for every k < n. The step takes and returns std::array<V, 2> for V a
// number or a batch of them; one that only knows numbers is called number by number.
template <real T, class Step>
void update_pairs(T* a, T* b, std::size_t n, Step const& step) noexcept {
  std::size_t k = 0;
  if constexpr (requires(batch<T> v) { step(v, v); }) {
    constexpr std::size_t width = batch<T>::size;
    for (; k + width <= n; k += width) {
      auto const next = step(batch<T>::load_unaligned(a + k), batch<T>::load_unaligned(b + k));
      next[0].store_unaligned(a + k);
      next[1].store_unaligned(b + k);
    }
  }
  for (; k != n; ++k) {
    auto const next = step(a[k], b[k]);
    a[k] = next[0];
    b[k] = next[1];
  }
}

}  // namespace kernel

KINDRED_END
