// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What a dictionary asks of a kind of key: a store, a hash that is the same on every platform, and an order.

template <class Key>
class key_store;  // only for text and 64-bit integers: other keys are turned into one of them by who has them

template <>
class key_store<std::int64_t> {
public:
  void add(std::int64_t key) { key_.push_back(key); }
  [[nodiscard]] std::int64_t operator[](std::size_t k) const noexcept { return key_[k]; }
  [[nodiscard]] std::size_t size() const noexcept { return key_.size(); }

private:
  std::vector<std::int64_t> key_;
};

// Texts end to end in one block: no allocation a key, and a key costs its bytes plus eight.
template <>
class key_store<std::string_view> {
public:
  void add(std::string_view key) {
    text_.insert(text_.end(), key.begin(), key.end());
    end_.push_back(text_.size());
  }
  [[nodiscard]] std::string_view operator[](std::size_t k) const noexcept {
    std::size_t const first = k == 0 ? 0 : static_cast<std::size_t>(end_[k - 1]);
    return {text_.data() + first, static_cast<std::size_t>(end_[k]) - first};
  }
  [[nodiscard]] std::size_t size() const noexcept { return end_.size(); }

private:
  std::vector<char> text_;
  std::vector<offset_t> end_;
};

[[nodiscard]] inline std::uint64_t hash_of(std::int64_t key) noexcept { return mix(static_cast<std::uint64_t>(key)); }

// Eight bytes at a time; the length is mixed in, so that padding with zeros makes no two texts alike.
[[nodiscard]] inline std::uint64_t hash_of(std::string_view key) noexcept {
  std::uint64_t hash = key.size();
  char const* text = key.data();
  std::size_t left = key.size();
  for (; left >= 8; left -= 8, text += 8) {
    std::uint64_t word;
    std::memcpy(&word, text, 8);
    hash = mix(hash ^ word);
  }
  std::uint64_t word = 0;
  for (std::size_t k = 0; k != left; ++k) word |= std::uint64_t{static_cast<unsigned char>(text[k])} << (8 * k);
  return mix(hash ^ word);
}

[[nodiscard]] inline bool key_less(std::int64_t a, std::int64_t b) noexcept { return a < b; }

// Whether a text is a decimal number as people write one: digits, no leading zero.
[[nodiscard]] inline bool is_decimal(std::string_view text) noexcept {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return false;
  for (char const c : text)
    if (c < '0' || c > '9') return false;
  return true;
}

// Numbers by value and before everything else: "9" < "10" < "1a".
[[nodiscard]] inline bool key_less(std::string_view a, std::string_view b) noexcept {
  bool const number = is_decimal(a);
  if (number != is_decimal(b)) return number;
  if (number && a.size() != b.size()) return a.size() < b.size();
  return a < b;
}

}  // namespace detail

KINDRED_END
