// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The first place of a byte in [at, end), or end. Fields are a few bytes long: eight at a time beat a call of memchr.
[[nodiscard]] inline char const* find_byte(char const* at, char const* end, char byte) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101u;
    std::uint64_t const pattern = ones * static_cast<unsigned char>(byte);
    for (; end - at >= 8; at += 8) {
      std::uint64_t word;
      std::memcpy(&word, at, 8);
      word ^= pattern;  // the byte sought is now zero; the lowest bit set below belongs to the first zero byte
      std::uint64_t const zeros = (word - ones) & ~word & (ones << 7);
      if (zeros != 0) return at + std::countr_zero(zeros) / 8;
    }
  }
  while (at != end && *at != byte) ++at;
  return at;
}

// The first separator (not empty) in [at, end), or end.
[[nodiscard]] inline char const* find_separator(char const* at, char const* end, std::string_view separator) noexcept {
  for (;; ++at) {
    at = find_byte(at, end, separator[0]);
    if (separator.size() == 1 || at == end ||
        std::string_view(at, static_cast<std::size_t>(end - at)).starts_with(separator))
      return at;
  }
}

// Cuts lines into fields.
class field_splitter {
public:
  field_splitter(std::string_view separator, bool quotes) : separator_(separator), quotes_(quotes) {}

  // Cuts a line. Returns nullptr, or what is wrong with the field behind the last of fields(), as the end of a sentence.
  [[nodiscard]] char const* split(std::string_view line) {
    field_.clear();
    unquoted_.clear();
    char const* at = line.data();
    char const* const end = at + line.size();
    for (;; at += separator_.size()) {
      char const* const first = at;
      if (quotes_ && at != end && *at == '"') {
        char const* const problem = unquote(at, end);
        if (problem != nullptr) return problem;
      } else {
        at = find_separator(at, end, separator_);
        field_.emplace_back(first, static_cast<std::size_t>(at - first));
      }
      if (at == end) return nullptr;
    }
  }

  // Valid until the line or the next call of split goes.
  [[nodiscard]] std::span<std::string_view const> fields() const noexcept { return field_; }

private:
  // Reads a quoted field from its opening quote on, and leaves `at` at the separator behind it or at the end.
  [[nodiscard]] char const* unquote(char const*& at, char const* end) {
    ++at;
    std::size_t const first = unquoted_.size();
    unquoted_.reserve(first + static_cast<std::size_t>(end - at));  // for the whole line: nothing moves until the next
    for (;;) {
      char const* const quote = find_byte(at, end, '"');
      if (quote == end) return "opens a quote that is not closed on the same line";
      unquoted_.append(at, quote);
      at = quote + 1;
      if (at == end || *at != '"') break;
      unquoted_.push_back('"');
      ++at;
    }
    if (at != end && !std::string_view(at, static_cast<std::size_t>(end - at)).starts_with(separator_))
      return "has text between its closing quote and the separator";
    field_.emplace_back(unquoted_.data() + first, unquoted_.size() - first);
    return nullptr;
  }

  std::string_view separator_;
  bool quotes_;
  std::vector<std::string_view> field_;
  std::string unquoted_;
};

}  // namespace detail

KINDRED_END
