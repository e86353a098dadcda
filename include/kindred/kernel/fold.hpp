// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/compiled.hpp>
#include <kindred/kernel/halves.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/sums.hpp>

#include <concepts>
#include <cstddef>

KINDRED_BEGIN

namespace kernel {

namespace detail {

// The lanes of a register become one number: lane k joined with lane k + half, until one lane is left. For any register.
template <std::size_t Sums, class V, class Join>
[[nodiscard]] auto join_in_memory(sums<V, Sums> const& sum, Join const& join) noexcept {
  using T = typename V::value_type;
  sums<T, Sums> x[V::size];
  if constexpr (Sums == 1) {
    sum.store_unaligned(x);
  } else {
    for (std::size_t s = 0; s != Sums; ++s) {
      T lane[V::size];
      sum[s].store_unaligned(lane);
      for (std::size_t k = 0; k != V::size; ++k) x[k][s] = lane[k];
    }
  }
  for (std::size_t half = V::size / 2; half != 0; half /= 2)
    for (std::size_t k = 0; k != half; ++k) x[k] = join(x[k], x[k + half]);
  return x[0];
}

// The same without leaving the registers, where their halves are known.
template <std::size_t Sums, class V, std::size_t Live = V::size, class Join>
[[nodiscard]] auto join_lanes(sums<V, Sums> const& sum, Join const& join) noexcept {
  if constexpr (!halvable<V>) {
    return join_in_memory<Sums, V>(sum, join);
  } else if constexpr (Live == 1) {
    return each<Sums>([](V v) { return halves<V>::first(v); }, sum);
  } else {
    using Half = typename halves<V>::V;
    auto const lower = each<Sums>([](V v) { return halves<V>::template of<Live>(v)[0]; }, sum);
    auto const upper = each<Sums>([](V v) { return halves<V>::template of<Live>(v)[1]; }, sum);
    return join_lanes<Sums, Half, Live / 2>(join(lower, upper), join);
  }
}

// Joins register r + half to register r, from the widest half to the narrowest, then the lanes of the one that is left.
template <std::size_t Sums, class V, std::size_t Count, class Join>
[[nodiscard]] auto join_registers(V (&sum)[Count][Sums], Join const& join) noexcept {
  if constexpr (Count == 1) {
    return join_lanes<Sums, V>(taken<Sums>(sum[0]), join);
  } else {
    V half[Count / 2][Sums];
    unroll<Count / 2>([&](auto r) { put<Sums>(half[r], join(taken<Sums>(sum[r]), taken<Sums>(sum[r + Count / 2]))); });
    return join_registers<Sums>(half, join);
  }
}

// fold, its result through memory: three floats would be returned packed into two registers, which takes longer.
template <std::size_t Sums, real T, class Step, class Join>
void fold_into(T (&out)[Sums], Step const& step, Join const& join, T const* a, T const* b, std::size_t n) noexcept {
  using V = batch<T>;
  constexpr std::size_t width = V::size;
  constexpr std::size_t registers = lanes<T> / width;
  V sum[registers][Sums];
  unroll<registers>([&](auto r) { put<Sums>(sum[r], all_of<Sums>(V(T{0}))); });
  std::size_t k = 0;
  for (; k + lanes<T> <= n; k += lanes<T>)
    unroll<registers>([&](auto r) {
      V x = V::load_unaligned(a + k + r * width);
      V y = V::load_unaligned(b + k + r * width);
      if constexpr (Sums != 1) {
        keep_loaded(x);
        keep_loaded(y);
      }
      put<Sums>(sum[r], step(taken<Sums>(sum[r]), x, y));
    });
  if (k != n)
    unroll<registers>([&](auto r) {
      std::size_t const first = k + r * width;
      if (first >= n) return;
      std::size_t const rest = n - first;
      V const x = load_first(a + first, rest);
      V const y = load_first(b + first, rest);
      V next[Sums];
      put<Sums>(next, step(taken<Sums>(sum[r]), x, y));
      unroll<Sums>([&](auto s) { sum[r][s] = select_first(rest, next[s], sum[r][s]); });
    });
  put<Sums>(out, join_registers<Sums>(sum, join));
}

}  // namespace detail

// The sums over two rows of n numbers that begin at 0 and that sum = step(sum, a[k], b[k]) makes, element after element.
//
// The step is called with batches; sum is sums<V, Sums>: one V, or std::array<V, Sums>. Element k is added to lane
// k % lanes<T>; afterwards join(x, y), which takes and returns what the step returns, merges the lanes along a fixed tree. A
// step is never shown numbers that are not in the rows, except in lanes whose result is thrown away: it may divide.
template <std::size_t Sums = 1, real T, class Step, class Join = added>
[[nodiscard, gnu::flatten]] sums<T, Sums> fold(Step const& step, T const* a, T const* b, std::size_t n,
                                               Join const& join = {}) noexcept {
  if constexpr (detail::dispatched && detail::compiled_step<Step>) {
    return detail::compiled_fold<Step>(*simd::chosen<T>::all)(a, b, n);
  } else if constexpr (detail::dispatched && std::same_as<Step, products_step>) {
    T sum[Sums];
    simd::chosen<T>::all->products(a, b, n, sum);
    return detail::taken<Sums>(sum);
  } else {
    T sum[Sums];
    detail::fold_into(sum, step, join, a, b, n);
    return detail::taken<Sums>(sum);
  }
}

}  // namespace kernel

KINDRED_END
