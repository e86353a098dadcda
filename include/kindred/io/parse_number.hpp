// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>

#include <cfloat>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <system_error>
#include <version>

#if !defined(__cpp_lib_to_chars)  // libc++ before 20 reads integers only
#include <cerrno>
#include <clocale>
#include <cstdlib>
#endif

KINDRED_BEGIN

namespace detail {

// Parsers return nullptr, or what is wrong with the text as the end of a sentence; the value is then unchanged.

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// 10^0 ... 10^19; up to 10^22 they are exact in double.
inline constexpr double power_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                          1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};

// Every number that the standard library can read: the slow, general path.
template <real T>
[[nodiscard]] char const* parse_any_number(std::string_view text, T& value) noexcept {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  T parsed = 0;
  constexpr char const* malformed = "is not a number";
  constexpr char const* out_of_range = "is too large or too small for the number type";
#if defined(__cpp_lib_to_chars)
  auto const [end, status] = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (status == std::errc::invalid_argument || end != text.data() + text.size()) return malformed;
  if (status == std::errc::result_out_of_range) return out_of_range;
#else
  // strtod also reads blanks and hexadecimals, and wants the decimal point of the locale.
  char copy[512];
  if (text.empty() || text.size() >= sizeof copy || text.find_first_of("xX \t\v\f") != text.npos || text[0] == '+')
    return malformed;
  for (std::size_t k = 0; k != text.size(); ++k) copy[k] = text[k] == '.' ? *std::localeconv()->decimal_point : text[k];
  copy[text.size()] = '\0';
  char* end = copy;
  errno = 0;
  if constexpr (sizeof(T) == sizeof(float)) parsed = std::strtof(copy, &end);
  else parsed = std::strtod(copy, &end);
  if (end != copy + text.size()) return malformed;
  if (errno == ERANGE && (!is_finite(parsed) || parsed == 0)) return out_of_range;
#endif
  if (!is_finite(parsed)) return "is not a finite number";
  value = parsed;
  return nullptr;
}

// A decimal number, correctly rounded to T: the same bits as std::from_chars. NaN and infinity are refused.
//
// Up to 2^53 with at most 19 digits, digits / 10^decimals is one division of two exact doubles, hence correctly rounded
// (Clinger, "How to read floating point numbers accurately", 1990). Rounding that double again to float is right unless
// the first rounding may have landed on the middle between two floats, where it hides the side on which the number is;
// those rare ones, and everything longer or with an exponent, take the general path.
template <real T>
[[nodiscard]] char const* parse_number(std::string_view text, T& value) noexcept {
  char const* at = text.data();
  char const* const end = at + text.size();
  bool const negative = at != end && *at == '-';
  if (negative) ++at;
  std::uint64_t digits = 0;
  char const* const first = at;
  for (; at != end && is_digit(*at); ++at) digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
  std::ptrdiff_t count = at - first;
  std::ptrdiff_t decimals = 0;
  if (at != end && *at == '.') {
    char const* const point = at++;
    for (; at != end && is_digit(*at); ++at) digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
    decimals = at - point - 1;
    count += decimals;
  }
  constexpr std::uint64_t exact = std::uint64_t{1} << 53;
  if (at != end || count == 0 || count > 19 || digits > exact || FLT_EVAL_METHOD != 0)
    return parse_any_number(text, value);
  double parsed = static_cast<double>(digits) / power_of_ten[decimals];
  if (negative) parsed = -parsed;
  if constexpr (sizeof(T) == sizeof(float)) {
    std::uint64_t bits;
    std::memcpy(&bits, &parsed, sizeof bits);
    if ((bits & 0x1fff'ffffu) == 0x1000'0000u) return parse_any_number(text, value);
  }
  value = static_cast<T>(parsed);
  return nullptr;
}

// A whole number: digits, and a minus before them if need be.
[[nodiscard]] inline char const* parse_integer(std::string_view text, std::int64_t& value) noexcept {
  std::int64_t parsed = 0;
  auto const [end, status] = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (status == std::errc::invalid_argument || end != text.data() + text.size()) return "is not a whole number";
  if (status == std::errc::result_out_of_range) return "does not fit 64 bits";
  value = parsed;
  return nullptr;
}

}  // namespace detail

KINDRED_END
