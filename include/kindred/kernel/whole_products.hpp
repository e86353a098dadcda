// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/kernel/storage.hpp>
#include <kindred/view/row.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace kernel {

// A row of 16-bit numbers and the one factor that all of them are multiplied by: a query, to be compared with many int8_rows in
// whole numbers. Those add up exactly in any order, so that compilers may use what the processor has, and the bits are the same.
struct int16_row {
  std::span<std::int16_t const> value;
  float scale = 0;
};

// The longest rows whose products surely fit 32 bits.
inline constexpr std::size_t longest_whole_product = 512;

// Writes the row, of finite numbers, as multiples of the scale that is returned: the largest becomes 32767 or -32767. Each is off
// by at most half a scale (and by what float rounds).
[[nodiscard]] inline float store(dense_row<float> row, std::span<std::int16_t> out) noexcept {
  KINDRED_ASSERT(row.size() == out.size());
  float largest = 0;
  for (float const x : row) largest = math::larger(math::abs(x), largest);
  float const scale = largest / 32767;
  for (std::size_t k = 0; k != row.size(); ++k) {
    float const steps = scale > 0 ? row[k] / scale : 0.0f;
    float const within = math::larger(math::smaller(steps, 32767.0f), -32767.0f);
    out[k] = static_cast<std::int16_t>(within + (within < 0 ? -0.5f : 0.5f));
  }
  return scale;
}

namespace detail {

// The sum of the products of whole numbers, exactly.
[[nodiscard]] inline std::int32_t whole_product(std::int16_t const* x, std::int8_t const* y, std::size_t n) noexcept {
  constexpr std::size_t stride = 64;  // a constant count is what lets g++ -O2 use vector registers
  std::int32_t sum = 0;
  std::size_t k = 0;
  for (; k + stride <= n; k += stride) {
    std::int32_t part = 0;
    for (std::size_t j = 0; j != stride; ++j) part += std::int32_t{x[k + j]} * std::int32_t{y[k + j]};
    sum += part;
  }
  for (; k < n; ++k) sum += std::int32_t{x[k]} * std::int32_t{y[k]};
  return sum;
}

#if defined(__AVX512BW__)
// Of four rows, of n numbers, a multiple of 32: their lanes are added up together, which for short rows is most of the work.
inline constexpr std::size_t whole_width = 32;
inline void four_whole_products(std::int16_t const* x, std::array<std::int8_t const*, 4> const& y, std::size_t n,
                                std::int32_t* out) noexcept {
  __m512i sum[4];
  unroll<4>([&](auto r) { sum[r] = _mm512_setzero_si512(); });
  for (std::size_t k = 0; k != n; k += whole_width) {
    __m512i const a = _mm512_loadu_si512(x + k);
    unroll<4>([&](auto r) {
      __m512i const b = _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<__m256i const*>(y[r] + k)));
#if defined(__AVX512VNNI__)
      sum[r] = _mm512_dpwssd_epi32(sum[r], a, b);
#else
      sum[r] = _mm512_add_epi32(sum[r], _mm512_madd_epi16(a, b));
#endif
    });
  }
  __m512i const lower = _mm512_add_epi32(_mm512_unpacklo_epi32(sum[0], sum[1]), _mm512_unpackhi_epi32(sum[0], sum[1]));
  __m512i const upper = _mm512_add_epi32(_mm512_unpacklo_epi32(sum[2], sum[3]), _mm512_unpackhi_epi32(sum[2], sum[3]));
  __m512i const all = _mm512_add_epi32(_mm512_unpacklo_epi64(lower, upper), _mm512_unpackhi_epi64(lower, upper));
  __m256i const half = _mm256_add_epi32(_mm512_castsi512_si256(all), _mm512_extracti64x4_epi64(all, 1));
  __m128i const four = _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), four);
}
#endif

}  // namespace detail

// The sum of the products of at most longest_whole_product numbers, and of the rows that they stand for.
[[nodiscard]] inline std::int32_t whole_product(std::span<std::int16_t const> a,
                                                std::span<std::int8_t const> b) noexcept {
  KINDRED_ASSERT(a.size() == b.size() && a.size() <= longest_whole_product);
  return detail::whole_product(a.data(), b.data(), a.size());
}
[[nodiscard]] inline float dot(int16_row a, int8_row b) noexcept {
  return static_cast<float>(whole_product(a.value, b.value)) * (a.scale * b.scale);
}

// out[j] = whole_product of x and row j, of `count` rows that lie wherever row_at(j) says.
template <class RowAt>
[[gnu::flatten]] void whole_products(std::span<std::int16_t const> x, RowAt const& row_at, std::size_t count,
                                     std::int32_t* out) noexcept {
  KINDRED_ASSERT(x.size() <= longest_whole_product);
  std::size_t j = 0;
#if defined(__AVX512BW__)
  if (x.size() % detail::whole_width == 0)
    for (; j + 4 <= count; j += 4)
      detail::four_whole_products(x.data(), {row_at(j), row_at(j + 1), row_at(j + 2), row_at(j + 3)}, x.size(),
                                  out + j);
#endif
  for (; j != count; ++j) out[j] = detail::whole_product(x.data(), row_at(j), x.size());
}

}  // namespace kernel

KINDRED_END
