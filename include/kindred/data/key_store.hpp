// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What a dictionary asks of a kind of key: a store; a fingerprint by which a table finds it; and an order. All are the same
// on every platform.

template <class Key>
class key_store;  // only for text and 64-bit integers: other keys are turned into one of them by who has them

template <>
class key_store<std::int64_t> {
public:
  void add(std::int64_t key) { key_.push_back(key); }
  static void fields(auto& self, auto& visit) { visit("keys", self.key_); }
  [[nodiscard]] bool in_order() const noexcept { return true; }
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
    text_.resize(end_.empty() ? 0 : static_cast<std::size_t>(end_.back()));  // drops what an add that threw left behind
    text_.insert(text_.end(), key.begin(), key.end());
    end_.push_back(text_.size());
  }
  static void fields(auto& self, auto& visit) {
    visit("text", self.text_);
    visit("end", self.end_);
  }
  // Whether the ends are ascending positions in the text, to its end.
  [[nodiscard]] bool in_order() const noexcept {
    offset_t last = 0;
    for (offset_t const end : end_) {
      if (end < last) return false;
      last = end;
    }
    return last == text_.size();
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

// The `count` bytes at `text`, at most eight, as a number; the first of them is the lowest.
[[nodiscard]] constexpr std::uint64_t load_bytes(char const* text, std::size_t count) noexcept {
  std::uint64_t word = 0;
  for (std::size_t k = 0; k != count; ++k) word |= std::uint64_t{static_cast<unsigned char>(text[k])} << (8 * k);
  return word;
}

// Spreads every bit over all 64: what is left when the constants of SplitMix64's finalizer meet keys instead of a counter.
[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

// What a table keeps of a key, in twelve bytes. It is exact where no other key has it: then the table alone can tell keys
// apart, without a look into the store, and that is a look into memory that is far away. Integers are exact, and so are
// texts of up to 11 bytes, with their length in the twelfth; of longer ones it is a hash.
struct fingerprint {
  std::uint64_t low = 0;
  std::uint32_t high = 0;
  friend constexpr bool operator==(fingerprint const&, fingerprint const&) = default;
};

[[nodiscard]] constexpr bool is_exact(std::int64_t) noexcept { return true; }
[[nodiscard]] constexpr fingerprint fingerprint_of(std::int64_t key) noexcept {
  return {static_cast<std::uint64_t>(key), 0};
}

[[nodiscard]] constexpr bool is_exact(std::string_view key) noexcept { return key.size() < 12; }
[[nodiscard]] constexpr fingerprint fingerprint_of(std::string_view key) noexcept {
  char const* const text = key.data();
  std::size_t const size = key.size();
  auto const length = static_cast<std::uint32_t>(size < 12 ? size : 12) << 24;
  if (size < 4) return {load_bytes(text, size), length};
  if (size < 8) return {load_bytes(text, 4) | load_bytes(text + size - 4, 4) << (8 * (size - 4)), length};
  std::uint64_t const last = load_bytes(text + size - 8, 8);
  if (size == 8) return {last, length};
  if (size < 12) return {load_bytes(text, 8), static_cast<std::uint32_t>(last >> (8 * (16 - size))) | length};
  std::uint64_t hash = size;
  for (std::size_t k = 0; k < size - 8; k += 8) hash = scramble(hash ^ load_bytes(text + k, 8));
  return {hash ^ last, length};
}

[[nodiscard]] constexpr std::uint64_t hash_of(fingerprint const& print) noexcept {
  return scramble(print.low ^ scramble(print.high));
}

// Whether a text is a decimal number as people write one: digits, no leading zero; and its value, of at most 19 digits.
[[nodiscard]] constexpr bool is_decimal(std::string_view text) noexcept {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return false;
  for (char const c : text)
    if (c < '0' || c > '9') return false;
  return true;
}
[[nodiscard]] constexpr std::uint64_t decimal_value(std::string_view text) noexcept {
  std::uint64_t value = 0;
  for (char const c : text) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value;
}

// The value of a key that is a number of up to six digits; of any other key, something larger.
[[nodiscard]] constexpr std::uint64_t value_of(std::int64_t key) noexcept { return static_cast<std::uint64_t>(key); }
[[nodiscard]] constexpr std::uint64_t value_of(std::string_view key) noexcept {
  return key.size() <= 6 && is_decimal(key) ? decimal_value(key) : ~std::uint64_t{0};
}

// Keys in order: integers by value; decimal numbers by value and before all other texts, which go by bytes:
// "9" < "10" < "" < "1a".
[[nodiscard]] constexpr bool key_less(std::int64_t a, std::int64_t b) noexcept { return a < b; }
[[nodiscard]] constexpr bool key_less(std::string_view a, std::string_view b) noexcept {
  bool const number = is_decimal(a);
  if (number != is_decimal(b)) return number;
  if (number && a.size() != b.size()) return a.size() < b.size();
  return a < b;
}

// A number that ascends with the key, so that most comparisons of a sort need not look at the keys: the value of an
// integer or of a decimal of up to 18 digits, the first 63 bits of any other text. Equal ranks are for key_less to settle.
[[nodiscard]] constexpr std::uint64_t rank_of(std::int64_t key) noexcept {
  return static_cast<std::uint64_t>(key) ^ std::uint64_t{1} << 63;
}
[[nodiscard]] constexpr std::uint64_t rank_of(std::string_view key) noexcept {
  if (is_decimal(key)) return key.size() > 18 ? std::uint64_t{1} << 62 : decimal_value(key);
  std::uint64_t rank = 0;
  for (std::size_t k = 0; k != 8; ++k) rank = rank << 8 | (k < key.size() ? static_cast<unsigned char>(key[k]) : 0u);
  return rank >> 1 | std::uint64_t{1} << 63;
}

}  // namespace detail

KINDRED_END
