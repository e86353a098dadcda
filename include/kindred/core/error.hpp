// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>

KINDRED_BEGIN

// What was wrong, in classes that a program can act on.
enum class error_kind : std::uint8_t {
  shape,    // sizes disagree, or exceed 32 bits
  data,     // a value that is not finite, a duplicate, an id out of range
  setting,  // a hyper-parameter outside its range
  format,   // bytes that are not what they should be
  numeric,  // an iteration diverged, a matrix was not positive definite
  io        // the operating system refused
};

// The one exception of the library. what() is a sentence that a person can act on, with the place and the value in it;
// kind(), row() and column() are for programs.
//
//   raise(error(error_kind::data).at(row, 3) << "rating " << value << " in row " << row << " is not finite");
//
// The text lives in a fixed buffer: an error can be made when memory is short, is copied without throwing, and keeps
// <string> out of the lower layers. A longer text is cut, never overrun. Its functions are out of line and cold: the library
// raises in hundreds of places, which then stay small, and nobody waits for a compiler that weaves sentences into loops.
class error : public std::exception {
public:
  static constexpr std::size_t capacity = 384;

  [[gnu::noinline, gnu::cold]] explicit error(error_kind kind) noexcept : kind_(kind) {}

  [[nodiscard]] char const* what() const noexcept override { return text_; }
  [[nodiscard]] error_kind kind() const noexcept { return kind_; }

  // Where in the input: the line of a file or the position of an entry, and the column; zero where they do not apply.
  [[nodiscard]] std::uint64_t row() const noexcept { return row_; }
  [[nodiscard]] std::uint64_t column() const noexcept { return column_; }
  error& at(std::uint64_t row, std::uint64_t column = 0) noexcept {
    row_ = row;
    column_ = column;
    return *this;
  }

  [[gnu::noinline, gnu::cold]] error& operator<<(char const* text) noexcept {
    while (*text != '\0') put(*text++);
    return *this;
  }
  error& operator<<(char c) noexcept {
    put(c);
    return *this;
  }
  template <std::integral V>
  [[gnu::noinline, gnu::cold]] error& operator<<(V value) noexcept {
    char digits[24];
    if constexpr (std::signed_integral<V>) std::snprintf(digits, sizeof digits, "%lld", static_cast<long long>(value));
    else std::snprintf(digits, sizeof digits, "%llu", static_cast<unsigned long long>(value));
    return *this << digits;
  }
  template <std::floating_point V>
  [[gnu::noinline, gnu::cold]] error& operator<<(V value) noexcept {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.7g", static_cast<double>(value));
    return *this << digits;
  }

  // Appends text that came from outside, shortened to 60 bytes; control characters become '?', so that a hostile file
  // cannot paint a terminal.
  error& quote(char const* text, std::size_t length) noexcept {
    constexpr std::size_t longest = 60;
    for (std::size_t k = 0; k != length && k != longest; ++k) {
      auto const byte = static_cast<unsigned char>(text[k]);
      put(byte < 0x20 || byte == 0x7f ? '?' : text[k]);
    }
    return length > longest ? *this << "..." : *this;
  }

private:
  void put(char c) noexcept {
    if (length_ + 1 < capacity) {
      text_[length_++] = c;
      text_[length_] = '\0';
    }
  }

  error_kind kind_;
  std::uint64_t row_ = 0;
  std::uint64_t column_ = 0;
  std::size_t length_ = 0;
  char text_[capacity] = {};
};

// Where an error ends in a build without exceptions, after KINDRED_THROW. Prints nothing; the sentence is in `e`.
[[noreturn]] inline void error_raised(error const& /*e*/) noexcept { std::abort(); }

// Throws the error; out of line and cold, so that a check costs its caller one predictable branch.
#if defined(__GNUC__)
[[noreturn, gnu::noinline, gnu::cold]]
#else
[[noreturn]]
#endif
inline void raise(error const& e) {
  KINDRED_THROW(e);
}

KINDRED_END
