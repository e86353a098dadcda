// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

KINDRED_BEGIN

namespace detail {

// Spelled in bytes, because a compiler is free to misread or re-code anything else.
inline constexpr char minus_sign[] = "\xE2\x88\x92";
inline constexpr char thin_space[] = "\xE2\x80\xAF";  // U+202F: narrow, and no line ends there
inline constexpr char times[] = "\xE2\x80\xAF\xC3\x97\xE2\x80\xAF";

// Takes a number as the machine writes it ("-1234567.5") and returns it as people read it: a true minus sign, and a narrow
// no-break space between groups of three digits where there are five or more ("1998" may be a year).
[[nodiscard]] inline std::string typeset(std::string_view number) {
  std::string out;
  if (number.starts_with('-')) {
    if (number.find_first_of("123456789") != std::string_view::npos) out = minus_sign;
    number.remove_prefix(1);
  }
  std::size_t const whole = number.find('.') == std::string_view::npos ? number.size() : number.find('.');
  for (std::size_t k = 0; k != number.size(); ++k) {
    if (k != 0 && k < whole && whole >= 5 && (whole - k) % 3 == 0) out += thin_space;
    out += number[k];
  }
  return out;
}

// The mantissa times a power of ten, the exponent in superscript digits.
[[nodiscard]] inline std::string with_power(std::string_view mantissa, int exponent) {
  static constexpr char const* superscript[] = {"\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",
                                                "\xE2\x81\xB4", "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7",
                                                "\xE2\x81\xB8", "\xE2\x81\xB9"};
  std::string out = mantissa == "1" ? "" : mantissa == "-1" ? minus_sign : typeset(mantissa) + times;
  out += "10";
  if (exponent < 0) out += "\xE2\x81\xBB";
  for (char const c : std::to_string(exponent < 0 ? -exponent : exponent)) out += superscript[c - '0'];
  return out;
}

[[nodiscard]] inline std::string_view without_trailing_zeros(std::string_view number) noexcept {
  if (number.find('.') == std::string_view::npos) return number;
  while (number.ends_with('0')) number.remove_suffix(1);
  if (number.ends_with('.')) number.remove_suffix(1);
  return number;
}

// The power of ten of the first of `significant` digits, after rounding to them: 2 for 99.96 with three digits.
[[nodiscard]] inline int decimal_exponent(double value, int significant) noexcept {
  char text[40];
  char const* const end =
      std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, significant - 1).ptr;
  char const* sign = end;
  while (sign[-1] != 'e') --sign;
  int exponent = 0;
  std::from_chars(*sign == '+' ? sign + 1 : sign, end, exponent);
  return exponent;
}

}  // namespace detail

// A number with a fixed count of decimals, at most 17, for people: 12 345.60. No locale has a say in it, so the same number is
// the same bytes everywhere. From 10^15 on it comes as a power of ten. Throws kindred::error when it is not finite.
[[nodiscard]] inline std::string number_text(double value, int decimals) {
  if (!is_finite(value)) raise(error(error_kind::data) << "a number that is not finite cannot be shown");
  char text[48];
  if (std::fabs(value) >= 1e15) {
    char const* const end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, 3).ptr;
    std::string_view const all(text, static_cast<std::size_t>(end - text));
    return detail::with_power(detail::without_trailing_zeros(all.substr(0, all.find('e'))),
                              detail::decimal_exponent(value, 4));
  }
  int const possible = decimals < 0 ? 0 : decimals > 17 ? 17 : decimals;
  char const* const end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, possible).ptr;
  return detail::typeset({text, static_cast<std::size_t>(end - text)});
}

// A number with four significant digits and no more than it needs: 100 000, 0.9423, 12.5, 1.3 x 10^-7. Whole numbers
// below 10^15 are written in full. Throws kindred::error when it is not finite.
[[nodiscard]] inline std::string number_text(double value) {
  if (!is_finite(value) || (std::fabs(value) < 1e15 && value == std::trunc(value))) return number_text(value, 0);
  char text[48];
  int const exponent = detail::decimal_exponent(value, 4);
  bool const power = exponent < -4 || exponent >= 15;
  int const decimals = power ? 3 : exponent < 3 ? 3 - exponent : 0;
  auto const format = power ? std::chars_format::scientific : std::chars_format::fixed;
  char const* const end = std::to_chars(text, text + sizeof text, value, format, decimals).ptr;
  std::string_view const all(text, static_cast<std::size_t>(end - text));
  std::string_view const digits = detail::without_trailing_zeros(all.substr(0, all.find('e')));
  return power ? detail::with_power(digits, exponent) : detail::typeset(digits);
}

KINDRED_END
