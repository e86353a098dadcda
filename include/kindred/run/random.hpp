// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

KINDRED_BEGIN

// What draws random numbers: made of a seed and a stream, so that every user, row or epoch owns a stream of its own and
// no number depends on which thread asked first.
template <class R>
concept random_source = std::constructible_from<R, std::uint64_t, std::uint64_t> && requires(R& r) {
  { r() } noexcept -> std::same_as<std::uint64_t>;
};

// Philox4x32-10: number k of stream s under seed x is a pure function of (x, s, k).
//
// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011); the numbers are those of C++26's
// std::philox4x32 with the counter {block, block >> 32, stream, stream >> 32} and the key {seed, seed >> 32}, two 32-bit
// words to a number, low word first. Counter-based: a fresh stream costs nothing, so one is made per entity and thrown away.
class random_stream {
public:
  constexpr random_stream(std::uint64_t seed, std::uint64_t stream) noexcept
      : key_{low(seed), high(seed)}, stream_{low(stream), high(stream)} {}

  constexpr std::uint64_t operator()() noexcept {
    if (used_ == 2) {
      refill();
      used_ = 0;
    }
    std::size_t const k = 2 * used_++;
    return word_[k] | std::uint64_t{word_[k + 1]} << 32;
  }

  static constexpr std::uint64_t(min)() noexcept { return 0; }  // with max(): a UniformRandomBitGenerator for <random>
  static constexpr std::uint64_t(max)() noexcept { return ~std::uint64_t{0}; }
  using result_type = std::uint64_t;

private:
  static constexpr std::uint32_t low(std::uint64_t x) noexcept { return static_cast<std::uint32_t>(x); }
  static constexpr std::uint32_t high(std::uint64_t x) noexcept { return static_cast<std::uint32_t>(x >> 32); }

  constexpr void refill() noexcept {
    std::uint32_t c[4] = {low(block_), high(block_), stream_[0], stream_[1]};
    std::uint32_t k[2] = {key_[0], key_[1]};
    for (int round = 0; round != 10; ++round) {
      std::uint64_t const a = std::uint64_t{0xD2511F53u} * c[0];
      std::uint64_t const b = std::uint64_t{0xCD9E8D57u} * c[2];
      std::uint32_t const next[4] = {high(b) ^ c[1] ^ k[0], low(b), high(a) ^ c[3] ^ k[1], low(a)};
      for (int w = 0; w != 4; ++w) c[w] = next[w];
      k[0] += 0x9E3779B9u;
      k[1] += 0xBB67AE85u;
    }
    for (int w = 0; w != 4; ++w) word_[w] = c[w];
    ++block_;
  }

  std::uint32_t key_[2];
  std::uint32_t stream_[2];
  std::uint64_t block_ = 0;
  std::uint32_t word_[4] = {};
  std::size_t used_ = 2;
};

// A well-mixed 64-bit function of up to three numbers: for decisions that must not move when data are reordered, such as
// whether (user, item) is held out under a seed. SplitMix64's finalizer (Steele, Lea and Flood, 2014), chained.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x, std::uint64_t y) noexcept { return mix(mix(x) ^ y); }
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x, std::uint64_t y, std::uint64_t z) noexcept {
  return mix(mix(x, y) ^ z);
}

// Uniform in [0, 1), a multiple of 2^-53, from 64 random bits.
[[nodiscard]] constexpr double to_unit(std::uint64_t bits) noexcept {
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

template <random_source R>
[[nodiscard]] double unit(R& random) noexcept {
  return to_unit(random());
}

// Uniform in 0 ... bound - 1 without bias; bound > 0. Multiplies instead of dividing (Lemire, 2019).
template <random_source R>
[[nodiscard]] std::uint32_t below(R& random, std::uint32_t bound) noexcept {
  KINDRED_ASSERT(bound != 0);
  for (;;) {
    std::uint64_t const product = (random() >> 32) * bound;
    auto const low = static_cast<std::uint32_t>(product);
    if (low >= bound || low >= static_cast<std::uint32_t>(-bound) % bound)  // the first nearly always: no division
      return static_cast<std::uint32_t>(product >> 32);
  }
}

// Standard normal by Marsaglia's polar method, one of the pair: the other is dropped so that no state is kept. Uses log and
// sqrt: the same bits wherever log is the same.
template <random_source R>
[[nodiscard]] double normal(R& random) noexcept {
  for (;;) {
    double const x = 2 * unit(random) - 1;
    double const y = 2 * unit(random) - 1;
    double const s = x * x + y * y;
    if (s > 0 && s < 1) return x * std::sqrt(-2 * std::log(s) / s);
  }
}

// Random order, every permutation alike (Fisher and Yates). At most 2^32 - 1 elements. What goes along with the values, as many or none,
// gets the same order.
template <random_source R, class V, class... Along>
void shuffle(R& random, std::span<V> values, std::span<Along>... along) noexcept {
  for (std::size_t k = values.size(); k > 1; --k) {
    std::size_t const other = below(random, static_cast<std::uint32_t>(k));
    std::swap(values[k - 1], values[other]);
    (void(along.empty() || (std::swap(along[k - 1], along[other]), true)), ...);
  }
}

KINDRED_END
