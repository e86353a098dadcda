// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstdint>
#include <cstring>

KINDRED_BEGIN

namespace kernel {

// A number of 16 bits for storing (IEEE 754 binary16): a sign, 5 bits of exponent, 10 of fraction. There is no arithmetic;
// kernels/storage.hpp compares rows of them.
//
// Numbers from 2^-14 to 65504 keep 11 bits, that is, are off by at most a part in 2048; smaller ones are off by at most
// 2^-25; from 65520 on they become infinite.
enum class half : std::uint16_t {};

namespace detail {

[[nodiscard]] inline std::uint32_t bits_of(float x) noexcept {
  std::uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

[[nodiscard]] inline float float_of(std::uint32_t bits) noexcept {
  float x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

}  // namespace detail

// The nearest half, the even one of two; NaN stays NaN. Integers throughout, so that no mode of the processor matters.
[[nodiscard]] inline half to_half(float x) noexcept {
  std::uint32_t const bits = detail::bits_of(x);
  std::uint32_t const sign = bits >> 16 & 0x8000u;
  std::uint32_t const size = bits & 0x7fff'ffffu;
  std::uint32_t found;
  if (size > 0x7f80'0000u) {  // NaN
    found = 0x7e00u;
  } else if (size >= 0x4780'0000u) {  // 65536 and more
    found = 0x7c00u;
  } else if (size >=
             0x3880'0000u) {  // 2^-14 and more: drop 13 bits; a carry into the exponent is right, into infinity too
    found = (size - 0x3800'0000u + 0x0fffu + (size >> 13 & 1u)) >> 13;
  } else if (size >= 0x3300'0000u) {  // 2^-25 and more: a multiple of 2^-24
    std::uint32_t const drop = 126u - (size >> 23);
    std::uint32_t const fraction = (size & 0x007f'ffffu) | 0x0080'0000u;
    std::uint32_t const rest = fraction & ((1u << drop) - 1u);
    found = fraction >> drop;
    std::uint32_t const middle = 1u << (drop - 1u);
    if (rest > middle || (rest == middle && (found & 1u) != 0)) ++found;
  } else {
    found = 0;
  }
  return half{static_cast<std::uint16_t>(sign | found)};
}

// The same number as a float: exact.
[[nodiscard]] inline float to_float(half h) noexcept {
  std::uint32_t const bits = static_cast<std::uint16_t>(h);
  std::uint32_t const sign = (bits & 0x8000u) << 16;
  std::uint32_t const size = (bits & 0x7fffu) << 13;
  bool const special = (bits & 0x7c00u) == 0x7c00u;  // infinite or NaN
  bool const subnormal = (bits & 0x7c00u) == 0;      // a multiple of 2^-24
  float const small_value = detail::float_of(size + 0x3880'0000u) - detail::float_of(0x3880'0000u);
  std::uint32_t const usual = size + (special ? 0x7000'0000u : 0x3800'0000u);
  return detail::float_of((subnormal ? detail::bits_of(small_value) : usual) | sign);
}

}  // namespace kernel

KINDRED_END
