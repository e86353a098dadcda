// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

KINDRED_BEGIN

// Loops over dense rows in vector registers. xsimd lives in this folder and nowhere else. Rows may start anywhere; nothing
// here demands alignment.
namespace kernel {

// Sums run in this many lanes, whatever the registers hold: 128 bytes. Element k belongs to lane k % lanes, and the lanes are
// added along one fixed tree, so that SSE2, AVX2 and AVX-512 add in the same order and, without contraction to fused
// multiply-add (-ffp-contract=off), give the same bits.
template <real T>
inline constexpr std::size_t lanes = 128 / sizeof(T);

namespace detail {

// f(0), f(1) ... f(Count - 1) with constant arguments: a loop written out. g++ -O2 does not unroll loops, and registers that
// are indexed by a variable live in memory, three times slower.
//
// Compilers that can are told to inline it: clang thinks the sixteen calls of a tile too many, and leaves in memory what
// they refer to.
template <class F, std::size_t... K>
[[gnu::always_inline]] constexpr void unroll(F const& f, std::index_sequence<K...>) noexcept {
  (f(std::integral_constant<std::size_t, K>{}), ...);
}

template <std::size_t Count, class F>
[[gnu::always_inline]] constexpr void unroll(F const& f) noexcept {
  unroll(f, std::make_index_sequence<Count>{});
}

}  // namespace detail
}  // namespace kernel

KINDRED_END
