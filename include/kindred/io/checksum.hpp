// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

KINDRED_BEGIN

// XXH64 (Collet, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md) with seed 0: tells whether bytes are those that
// were written, at the speed of memory. It is no defense against somebody who wants it to be wrong.
class checksum {
public:
  void add(std::span<std::byte const> bytes) noexcept {
    if (bytes.empty()) return;
    total_ += bytes.size();
    if (waiting_ != 0) {
      std::size_t const taken = bytes.size() < stripe - waiting_ ? bytes.size() : stripe - waiting_;
      std::memcpy(wait_ + waiting_, bytes.data(), taken);
      bytes = bytes.subspan(taken);
      waiting_ += taken;
      if (waiting_ != stripe) return;
      take(wait_, 1);
      waiting_ = 0;
    }
    std::size_t const whole = bytes.size() / stripe;
    take(bytes.data(), whole);
    waiting_ = bytes.size() - whole * stripe;
    if (waiting_ != 0) std::memcpy(wait_, bytes.data() + whole * stripe, waiting_);
  }

  [[nodiscard]] std::uint64_t value() const noexcept {
    std::uint64_t hash = prime_5;
    if (total_ >= stripe) {
      hash = std::rotl(lane_[0], 1) + std::rotl(lane_[1], 7) + std::rotl(lane_[2], 12) + std::rotl(lane_[3], 18);
      for (std::uint64_t const lane : lane_) hash = (hash ^ round(0, lane)) * prime_1 + prime_4;
    }
    hash += total_;
    std::byte const* at = wait_;
    std::byte const* const end = wait_ + waiting_;
    for (; end - at >= 8; at += 8) hash = std::rotl(hash ^ round(0, word<std::uint64_t>(at)), 27) * prime_1 + prime_4;
    for (; end - at >= 4; at += 4) hash = std::rotl(hash ^ word<std::uint32_t>(at) * prime_1, 23) * prime_2 + prime_3;
    for (; at != end; ++at) hash = std::rotl(hash ^ std::to_integer<std::uint64_t>(*at) * prime_5, 11) * prime_1;
    hash = (hash ^ hash >> 33) * prime_2;
    hash = (hash ^ hash >> 29) * prime_3;
    return hash ^ hash >> 32;
  }

private:
  static constexpr std::size_t stripe = 32;
  static constexpr std::uint64_t prime_1 = 0x9E3779B185EBCA87u;
  static constexpr std::uint64_t prime_2 = 0xC2B2AE3D27D4EB4Fu;
  static constexpr std::uint64_t prime_3 = 0x165667B19E3779F9u;
  static constexpr std::uint64_t prime_4 = 0x85EBCA77C2B2AE63u;
  static constexpr std::uint64_t prime_5 = 0x27D4EB2F165667C5u;

  template <class Word>
  [[nodiscard]] static std::uint64_t word(std::byte const* at) noexcept {
    Word bits;
    std::memcpy(&bits, at, sizeof bits);
    return bits;
  }
  [[nodiscard]] static constexpr std::uint64_t round(std::uint64_t lane, std::uint64_t input) noexcept {
    return std::rotl(lane + input * prime_2, 31) * prime_1;
  }
  void take(std::byte const* from, std::size_t stripes) noexcept {
    std::uint64_t a = lane_[0], b = lane_[1], c = lane_[2], d = lane_[3];
    for (; stripes != 0; --stripes, from += stripe) {
      a = round(a, word<std::uint64_t>(from));
      b = round(b, word<std::uint64_t>(from + 8));
      c = round(c, word<std::uint64_t>(from + 16));
      d = round(d, word<std::uint64_t>(from + 24));
    }
    lane_[0] = a;
    lane_[1] = b;
    lane_[2] = c;
    lane_[3] = d;
  }

  std::uint64_t lane_[4] = {prime_1 + prime_2, prime_2, 0, std::uint64_t{0} - prime_1};
  std::uint64_t total_ = 0;
  std::size_t waiting_ = 0;
  std::byte wait_[stripe] = {};
};

KINDRED_END
