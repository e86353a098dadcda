// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/math.hpp>

#include <xsimd/xsimd.hpp>

#include <array>
#include <cstddef>

KINDRED_BEGIN

// The registers of this translation unit's instruction set, and all that the kernels ask of xsimd: what its versions 8 to 14
// call alike, so that the rest of the folder need not know them apart.
namespace kernel {

template <real T>
using batch = xsimd::batch<T>;

namespace detail {

template <class V>
inline constexpr std::size_t bytes_of = V::size * sizeof(typename V::value_type);

// For numbers that are used several times: g++ would load them again for every use, which costs cosine a quarter of its speed.
template <class V>
void keep_loaded([[maybe_unused]] V& v) noexcept {
#if defined(__GNUC__) && !defined(__clang__) && defined(__SSE2__)
  typename V::register_type loaded = v;
  __asm__("" : "+x"(loaded));
  v = V(loaded);
#endif
}

// -1 in as many lanes as a register has, then 0 in as many: read from the right place it marks the first few lanes. (-1 and
// not 1, for the sign is what masked loads look at.)
template <real T>
inline constexpr auto marks = [] {
  std::array<T, 2 * batch<T>::size> all{};
  for (std::size_t k = 0; k != batch<T>::size; ++k) all[k] = T{-1};
  return all;
}();

template <real T>
[[nodiscard]] batch<T> marks_of(std::size_t count) noexcept {
  std::size_t const marked = count < batch<T>::size ? count : batch<T>::size;
  return batch<T>::load_unaligned(marks<T>.data() + (batch<T>::size - marked));
}

// x in the first `count` lanes, y in the others.
template <real T>
[[nodiscard]] batch<T> select_first(std::size_t count, batch<T> x, batch<T> y) noexcept {
  return xsimd::select(marks_of<T>(count) != batch<T>(T{0}), x, y);
}

// The numbers p[0] to p[count - 1], and zero in the lanes that are left. Nothing behind them is read.
template <real T>
[[nodiscard]] batch<T> load_first(T const* p, std::size_t count) noexcept {
  using V = batch<T>;
#if defined(__AVX512F__)
  if constexpr (bytes_of<V> == 64) {
    unsigned const mask = count < V::size ? (1u << count) - 1u : (1u << V::size) - 1u;
    if constexpr (sizeof(T) == 4) return V(_mm512_maskz_loadu_ps(static_cast<__mmask16>(mask), p));
    else return V(_mm512_maskz_loadu_pd(static_cast<__mmask8>(mask), p));
  }
#endif
#if defined(__AVX__)
  if constexpr (bytes_of<V> == 32) {
    V const mask = marks_of<T>(count);
    if constexpr (sizeof(T) == 4) return V(_mm256_maskload_ps(p, _mm256_castps_si256(mask)));
    else return V(_mm256_maskload_pd(p, _mm256_castpd_si256(mask)));
  }
#endif
  if (count >= V::size) return V::load_unaligned(p);
  T first[V::size] = {};
  for (std::size_t k = 0; k < count; ++k) first[k] = p[k];
  return V::load_unaligned(first);
}

}  // namespace detail
}  // namespace kernel

namespace math::detail {

template <real T, class A>
struct arithmetic<xsimd::batch<T, A>> {
  using scalar = T;
  using V = xsimd::batch<T, A>;
  static V abs(V x) noexcept { return xsimd::abs(x); }
  static V sqrt(V x) noexcept { return xsimd::sqrt(x); }
  static V exp(V x) noexcept { return xsimd::exp(x); }
  static V log(V x) noexcept { return xsimd::log(x); }
  static V pow(V x, V power) noexcept { return xsimd::pow(x, power); }
  static V smaller(V x, V y) noexcept { return (xsimd::min)(x, y); }
  static V larger(V x, V y) noexcept { return (xsimd::max)(x, y); }
  static V select(typename V::batch_bool_type condition, V x, V y) noexcept { return xsimd::select(condition, x, y); }
  static V multiply_add(V x, V y, V sum) noexcept {
#if defined(KINDRED_DISPATCH)
    return x * y + sum;
#else
    return xsimd::fma(x, y, sum);
#endif
  }
};

}  // namespace math::detail

KINDRED_END
