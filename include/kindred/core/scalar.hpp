// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <concepts>
#include <cstdint>
#include <cstring>
#include <type_traits>

KINDRED_BEGIN

// The numbers of the library: float or double, closed on purpose. Hyper-parameters are double; sums that steer decisions
// (objectives, evaluation) are double; half and int8 are ways of storing, not of computing.
template <class T>
concept real = std::same_as<T, float> || std::same_as<T, double>;

namespace detail {

// For asserting that a policy models its concept for one number type at least, in a form of which compilers say what is
// missing: static_assert(loss<L, either<loss<L, double>>>).
template <bool WithDouble>
using either = std::conditional_t<WithDouble, double, float>;

}  // namespace detail

// The scalar of a model, a view or a search.
template <class X>
using value_t = typename X::value_type;

// Whether a number is neither infinite nor NaN.
//
// Reads the bits from memory: under -ffast-math a compiler may assume that NaN never happens and fold std::isfinite or
// x == x to true; what it loads as an integer it must not fold.
[[nodiscard]] inline bool is_finite(float const& x) noexcept {
  std::uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return (bits & 0x7f80'0000u) != 0x7f80'0000u;
}

[[nodiscard]] inline bool is_finite(double const& x) noexcept {
  std::uint64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return (bits & 0x7ff0'0000'0000'0000u) != 0x7ff0'0000'0000'0000u;
}

KINDRED_END
