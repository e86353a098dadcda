// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>

#include <xsimd/xsimd.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

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

// f(0), f(1) ... f(Count - 1) with constant arguments: a loop written out. g++ -O2 does not unroll loops, and registers that
// are indexed by a variable live in memory, three times slower.
template <std::size_t Count, class F>
constexpr void unroll(F const& f) noexcept {
  [&]<std::size_t... K>(std::index_sequence<K...>) {
    (f(std::integral_constant<std::size_t, K>{}), ...);
  }(std::make_index_sequence<Count>{});
}

// Adds lane k + half to lane k, from the widest half to the narrowest: between registers while there are several, then
// within the one that is left.
template <std::size_t Half, class V>
[[nodiscard]] auto add_lanes(V* sum) noexcept {
  unroll<Half>([&](auto r) { sum[r] += sum[r + Half]; });
  if constexpr (Half > 1) {
    return add_lanes<Half / 2>(sum);
  } else {
    typename V::value_type lane[V::size];
    sum[0].store_unaligned(lane);
    for (std::size_t half = V::size / 2; half != 0; half /= 2)
      for (std::size_t k = 0; k != half; ++k) lane[k] += lane[k + half];
    return lane[0];
  }
}

}  // namespace detail

// The inner product of two rows of n numbers.
template <real T>
[[nodiscard]] T dot(T const* a, T const* b, std::size_t n) noexcept {
  using V = batch<T>;
  constexpr std::size_t width = V::size;
  constexpr std::size_t registers = lanes<T> / width;
  V sum[registers];
  auto const add = [&](std::size_t r, T const* x, T const* y) {
    sum[r] += V::load_unaligned(x) * V::load_unaligned(y);
  };
  detail::unroll<registers>([&](auto r) { sum[r] = V(T{0}); });
  std::size_t k = 0;
  for (; k + lanes<T> <= n; k += lanes<T>)
    detail::unroll<registers>([&](auto r) { add(r, a + k + r * width, b + k + r * width); });
  if (k != n) {  // the rest, with zeros up to a whole register
    std::size_t const whole = (n - k) / width;
    T rest_a[width] = {};
    T rest_b[width] = {};
    for (std::size_t r = 0; r < n % width; ++r) {
      rest_a[r] = a[k + whole * width + r];
      rest_b[r] = b[k + whole * width + r];
    }
    detail::unroll<registers>([&](auto r) {
      if (r < whole) add(r, a + k + r * width, b + k + r * width);
      if (r == whole) add(r, rest_a, rest_b);
    });
  }
  return detail::add_lanes<registers / 2>(sum);
}

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
