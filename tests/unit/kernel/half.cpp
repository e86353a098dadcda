// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/half.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>

namespace {

using kindred::kernel::half;
using kindred::kernel::to_float;
using kindred::kernel::to_half;

float const infinity = std::numeric_limits<float>::infinity();

half half_of(unsigned bits) { return half{static_cast<std::uint16_t>(bits)}; }

}  // namespace

#if !defined(__FAST_MATH__)  // which knows neither infinity nor NaN
TEST_CASE("half: known numbers") {
  CHECK(to_float(half_of(0x3c00)) == 1.0f);
  CHECK(to_float(half_of(0xc000)) == -2.0f);
  CHECK(to_float(half_of(0x7bff)) == 65504.0f);
  CHECK(to_float(half_of(0x0400)) == std::ldexp(1.0f, -14));
  CHECK(to_float(half_of(0x0001)) == std::ldexp(1.0f, -24));
  CHECK(to_float(half_of(0x7c00)) == infinity);
  CHECK(to_float(half_of(0xfc00)) == -infinity);
  CHECK(std::signbit(to_float(half_of(0x8000))));
  CHECK(to_float(half_of(0x8000)) == 0.0f);
  CHECK(to_half(0.333333333f) == half_of(0x3555));  // 1/3 rounded to 11 bits
  CHECK(to_half(1e6f) == half_of(0x7c00));
  CHECK(to_half(-1e-9f) == half_of(0x8000));
}
#endif

TEST_CASE("half: every one comes back, and everything between two goes to the nearer, or to the even one") {
  long wrong = 0;
  for (unsigned bits = 0; bits != 0x7c00; ++bits)
    for (unsigned const sign : {0u, 0x8000u}) {
      half const below = half_of(bits | sign);
      half const above = half_of((bits + 1) | sign);
      float const x = to_float(below);
      // Behind the largest half comes infinity; for rounding it stands where the next one would be.
      float const y = bits + 1 == 0x7c00 ? std::copysign(65536.0f, x) : to_float(above);
      float const middle = (x + y) / 2;
      wrong += to_half(x) != below;
      wrong += to_half(middle) != (bits % 2 == 0 ? below : above);
      wrong += to_half(std::nextafter(middle, 0.0f)) != below;
      wrong += to_half(std::nextafter(middle, y * 2)) != above;
    }
  CHECK(wrong == 0);
}

#if !defined(__FAST_MATH__)  // which knows neither infinity nor NaN
TEST_CASE("half: NaN stays NaN, infinity infinity") {
  long wrong = 0;
  for (unsigned bits = 0x7c01; bits != 0x8000; ++bits) wrong += !std::isnan(to_float(half_of(bits)));
  CHECK(wrong == 0);
  CHECK(std::isnan(to_float(to_half(std::numeric_limits<float>::quiet_NaN()))));
  CHECK(to_half(infinity) == half_of(0x7c00));
  CHECK(to_half(-std::numeric_limits<float>::max()) == half_of(0xfc00));
}
#endif
