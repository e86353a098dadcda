// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>

#include <array>
#include <cstddef>

KINDRED_BEGIN

// A register taken in halves, which is how the lanes of a sum are joined. Lanes are many and their tree is as deep as one
// thousand-byte row is long, so that going through memory, which any instruction set can do, would cost as much as the sum.
namespace kernel::detail {

// halves<V>::of<Live>(v) is {the lower half, the upper half} of the first Live lanes of v; first(v) its first lane. Defined
// for the registers of x86. The smallest is not halved: lanes that no longer count hold copies of lanes that do.
template <class V>
struct halves;

template <class V>
concept halvable = requires(V v) { halves<V>::template of<V::size>(v); };

#if defined(__AVX512F__)
template <real T, class A>
  requires(bytes_of<xsimd::batch<T, A>> == 64)
struct halves<xsimd::batch<T, A>> {
  using V = xsimd::batch<T, xsimd::avx2>;
  template <std::size_t Live>
  static std::array<V, 2> of(xsimd::batch<T, A> v) noexcept {
    if constexpr (sizeof(T) == 4) {
      __m256d const upper = _mm512_extractf64x4_pd(_mm512_castps_pd(v), 1);
      return {V(_mm512_castps512_ps256(v)), V(_mm256_castpd_ps(upper))};
    } else {
      return {V(_mm512_castpd512_pd256(v)), V(_mm512_extractf64x4_pd(v, 1))};
    }
  }
};
#endif

#if defined(__AVX__)
template <real T, class A>
  requires(bytes_of<xsimd::batch<T, A>> == 32)
struct halves<xsimd::batch<T, A>> {
  using V = xsimd::batch<T, xsimd::sse2>;
  template <std::size_t Live>
  static std::array<V, 2> of(xsimd::batch<T, A> v) noexcept {
    if constexpr (sizeof(T) == 4) return {V(_mm256_castps256_ps128(v)), V(_mm256_extractf128_ps(v, 1))};
    else return {V(_mm256_castpd256_pd128(v)), V(_mm256_extractf128_pd(v, 1))};
  }
};
#endif

#if defined(__SSE2__) || defined(_M_X64)
template <real T, class A>
  requires(bytes_of<xsimd::batch<T, A>> == 16)
struct halves<xsimd::batch<T, A>> {
  using V = xsimd::batch<T, A>;
  template <std::size_t Live>
  static std::array<V, 2> of(V v) noexcept {
    if constexpr (sizeof(T) == 8) return {v, V(_mm_unpackhi_pd(v, v))};
    else if constexpr (Live == 4) return {v, V(_mm_movehl_ps(v, v))};
    else return {v, V(_mm_shuffle_ps(v, v, 1))};
  }
  static T first(V v) noexcept {
    if constexpr (sizeof(T) == 4) return _mm_cvtss_f32(v);
    else return _mm_cvtsd_f64(v);
  }
};
#endif

}  // namespace kernel::detail

KINDRED_END
