// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/kernel/storage.hpp>
#include <kindred/view/row.hpp>

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

// The inner product of at most longest_whole_product numbers.
[[nodiscard]] inline float dot(int16_row a, int8_row b) noexcept {
  KINDRED_ASSERT(a.value.size() == b.value.size() && a.value.size() <= longest_whole_product);
  constexpr std::size_t stride = 64;  // a constant count is what lets g++ -O2 use vector registers
  std::int16_t const* const x = a.value.data();
  std::int8_t const* const y = b.value.data();
  std::int32_t sum = 0;
  std::size_t k = 0;
  for (; k + stride <= a.value.size(); k += stride) {
    std::int32_t part = 0;
    for (std::size_t j = 0; j != stride; ++j) part += std::int32_t{x[k + j]} * std::int32_t{y[k + j]};
    sum += part;
  }
  for (; k != a.value.size(); ++k) sum += std::int32_t{x[k]} * std::int32_t{y[k]};
  return static_cast<float>(sum) * (a.scale * b.scale);
}

}  // namespace kernel

KINDRED_END
