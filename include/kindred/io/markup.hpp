// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

KINDRED_BEGIN

namespace detail {

// The code point that starts at text[at], and how many bytes it takes. Bytes that are no UTF-8 give U+FFFD and the length
// of the longest start of a code point that they could have been, as the Unicode standard recommends (chapter 3.9).
struct code_point {
  char32_t value;
  std::size_t bytes;
};

[[nodiscard]] constexpr code_point decode_utf8(std::string_view text, std::size_t at) noexcept {
  constexpr char32_t broken = 0xFFFD;
  auto const byte = [&](std::size_t k) { return static_cast<unsigned char>(text[at + k]); };
  unsigned const lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t const bytes = lead >= 0xC2 && lead < 0xE0   ? 2
                            : lead >= 0xE0 && lead < 0xF0 ? 3
                            : lead >= 0xF0 && lead < 0xF5 ? 4
                                                          : 0;
  if (bytes == 0) return {broken, 1};
  // The second byte is narrowed where it would spell a shorter form, a surrogate, or more than U+10FFFF.
  unsigned const lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned const highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  char32_t value = lead & (0x7Fu >> bytes);
  for (std::size_t k = 1; k != bytes; ++k) {
    if (at + k >= text.size() || byte(k) < (k == 1 ? lowest : 0x80) || byte(k) > (k == 1 ? highest : 0xBF))
      return {broken, k};
    value = value << 6 | (byte(k) & 0x3Fu);
  }
  return {value, bytes};
}

// What HTML may not hold (most control characters, the two non-characters), and what would turn the direction of the text
// after it around: a hostile name must not change how the rest of the page reads.
[[nodiscard]] constexpr bool is_unprintable(char32_t c) noexcept {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace detail

// Appends a text such that it reads the same between tags and between quotes of either kind. Never fails: bytes that are
// no UTF-8, control characters and marks that reorder text become U+FFFD, the replacement character.
inline void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at != text.size();) {
    auto const [value, bytes] = detail::decode_utf8(text, at);
    switch (value) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case 0xFFFD:
        out += "\xEF\xBF\xBD";
        break;
      default:
        if (detail::is_unprintable(value)) out += "\xEF\xBF\xBD";
        else out += text.substr(at, bytes);
    }
    at += bytes;
  }
}

// HTML or SVG in the making: what is a literal in the source is markup, and everything else is text and gets escaped, so
// that escaping cannot be forgotten. Numbers of type double are coordinates and are written to a tenth.
//
//   page.add("<text x='", x, "'>", name, "</text>");
class markup {
public:
  template <class... Parts>
  markup& add(Parts const&... parts) {
    (put(parts), ...);
    return *this;
  }

  [[nodiscard]] std::string const& str() const noexcept { return text_; }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

private:
  template <std::size_t size>
  void put(char const (&literal)[size]) {
    text_.append(literal, size - 1);
  }
  void put(std::string_view text) { append_escaped(text_, text); }
  void put(markup const& other) { text_ += other.text_; }
  void put(std::integral auto value) {
    char digits[24];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
  void put(double value) {
    char digits[32];
    char* end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 1).ptr;
    if (end[-1] == '0') end -= 2;
    std::string_view const number(digits, static_cast<std::size_t>(end - digits));
    text_ += number == "-0" ? "0" : number;
  }

  std::string text_;
};

KINDRED_END
