// SPDX-License-Identifier: BSL-1.0
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <vector>

using kindred::below;
using kindred::mix;
using kindred::normal;
using kindred::random_stream;
using kindred::shuffle;
using kindred::to_unit;
using kindred::unit;

namespace {

using words = std::array<std::uint32_t, 4>;

// Philox4x32-10, word for word as the paper has it.
words philox(words c, std::uint32_t k0, std::uint32_t k1) {
  for (int round = 0; round != 10; ++round) {
    std::uint64_t const left = 0xD2511F53ull * c[0];
    std::uint64_t const right = 0xCD9E8D57ull * c[2];
    auto const high = [](std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); };
    auto const low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x & 0xffffffff); };
    c = {high(right) ^ c[1] ^ k0, low(right), high(left) ^ c[3] ^ k1, low(left)};
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return c;
}

// Gives the numbers of a list.
struct scripted {
  std::vector<std::uint64_t> numbers;
  std::size_t drawn = 0;

  scripted(std::initializer_list<std::uint64_t> list) : numbers(list) {}
  scripted(std::uint64_t, std::uint64_t) {}
  std::uint64_t operator()() noexcept { return numbers[drawn++]; }
};
static_assert(kindred::random_source<scripted> && kindred::random_source<random_stream>);

}  // namespace

TEST_CASE("Philox4x32-10: the known answers of Random123") {
  CHECK(philox({0, 0, 0, 0}, 0, 0) == words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffff, 0xffffffff) ==
        words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0) ==
        words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
  random_stream zero(0, 0);
  CHECK(zero() == 0xe169c58d6627e8d5u);
  CHECK(zero() == 0x9b00dbd8bc57ac4cu);
}

TEST_CASE("random_stream: the counter is {block, stream}, the key is the seed") {
  for (std::uint64_t const seed : {0x0ull, 0x1ull, 0x299f31d0a4093822ull, 0xffffffffffffffffull})
    for (std::uint64_t const stream : {0x0ull, 0x7ull, 0x0370734413198a2eull, 0xffffffffffffffffull}) {
      random_stream random(seed, stream);
      for (std::uint32_t block = 0; block != 50; ++block) {
        auto const low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
        words const w = philox({block, 0, low(stream), low(stream >> 32)}, low(seed), low(seed >> 32));
        CHECK(random() == (w[0] | std::uint64_t{w[1]} << 32));
        CHECK(random() == (w[2] | std::uint64_t{w[3]} << 32));
      }
    }
}

TEST_CASE("random_stream: a copy goes on from where it was made") {
  random_stream a(3, 4);
  a(), a(), a();
  random_stream b = a;
  for (int k = 0; k != 10; ++k) CHECK(a() == b());
}

TEST_CASE("mix: SplitMix64's known answers, chained") {
  CHECK(mix(0) == 0xe220a8397b1dcdafu);
  CHECK(mix(1234567) == 6457827717110365317u);
  CHECK(mix(1, 2) == mix(mix(1) ^ 2));
  CHECK(mix(1, 2, 3) == mix(mix(mix(1) ^ 2) ^ 3));
  CHECK(mix(1, 2) != mix(2, 1));
  CHECK(mix(1, 2, 3) != mix(1, 3, 2));
}

TEST_CASE("to_unit: from 0 to just below 1, in steps of 2^-53") {
  CHECK(to_unit(0) == 0);
  CHECK(to_unit(2047) == 0);
  CHECK(to_unit(2048) == 0x1p-53);
  CHECK(to_unit(std::uint64_t{1} << 63) == 0.5);
  CHECK(to_unit(~std::uint64_t{0}) == 1 - 0x1p-53);
}

TEST_CASE("unit: mean and variance of the uniform distribution") {
  // Of n = 10^5: mean 1/2 with deviation sqrt(1 / 12 n) = 0.00091, variance 1/12 with sqrt(1 / 180 n) = 0.00024.
  random_stream random(1, 2);
  double sum = 0, squares = 0;
  int const n = 100000;
  for (int k = 0; k != n; ++k) {
    double const x = unit(random);
    REQUIRE((x >= 0 && x < 1));
    sum += x;
    squares += (x - 0.5) * (x - 0.5);
  }
  CHECK(std::fabs(sum / n - 0.5) < 5 * 0.00091);
  CHECK(std::fabs(squares / n - 1.0 / 12) < 5 * 0.00024);
}

TEST_CASE("below: every number alike, for bounds of every size") {
  for (std::uint32_t const bound : {1u, 2u, 3u, 7u, 10u}) {
    random_stream random(5, bound);
    std::vector<int> count(bound);
    int const n = 20000;
    for (int k = 0; k != n; ++k) {
      auto const x = below(random, bound);
      REQUIRE(x < bound);
      ++count[x];
    }
    double const p = 1.0 / bound;
    for (int const c : count) CHECK(std::fabs(c - n * p) <= 5 * std::sqrt(n * p * (1 - p)));
  }
  random_stream random(5, 0);
  std::uint32_t highest = 0;
  for (int k = 0; k != 1000; ++k) highest = (std::max)(highest, below(random, 4294967295u));
  CHECK(highest > 4200000000u);
  CHECK(highest < 4294967295u);
}

TEST_CASE("below: what would bias it is drawn again") {
  // 2^32 mod 3 = 1: of the 2^32 words one, 0, is refused. 2^31 x 3 / 2^32 = 1.5.
  scripted three{0, std::uint64_t{1} << 63};
  CHECK(below(three, 3) == 1);
  CHECK(three.drawn == 2);
  // Powers of two divide 2^32: nothing is refused.
  scripted four{0};
  CHECK(below(four, 4) == 0);
  scripted last{~std::uint64_t{0}};
  CHECK(below(last, 4294967295u) == 4294967294u);
}

TEST_CASE("normal: moments, and the share within one deviation") {
  // Of n = 10^5, deviations: mean sqrt(1 / n), variance sqrt(2 / n), third moment sqrt(15 / n), share sqrt(.217 / n).
  random_stream random(3, 1);
  double const n = 100000;
  double sum = 0, squares = 0, cubes = 0, within = 0;
  for (int k = 0; k != 100000; ++k) {
    double const x = normal(random);
    sum += x;
    squares += x * x;
    cubes += x * x * x;
    within += std::fabs(x) < 1 ? 1 : 0;
  }
  CHECK(std::fabs(sum / n) < 5 * std::sqrt(1 / n));
  CHECK(std::fabs(squares / n - 1) < 5 * std::sqrt(2 / n));
  CHECK(std::fabs(cubes / n) < 5 * std::sqrt(15 / n));
  CHECK(std::fabs(within / n - 0.682689) < 5 * std::sqrt(0.217 / n));
}

TEST_CASE("normal: the center is drawn again, and points outside the circle") {
  // x = 2 u - 1 is 0 for u = 1/2, -1 for u = 0, 1/2 for u = 3/4. (0, 0) has no logarithm, (-1, -1) is outside, and
  // (1/2, 0) has s = 1/4: 1/2 sqrt(-2 log(1/4) / (1/4)) = sqrt(-2 log(1/4)).
  std::uint64_t const half = std::uint64_t{1} << 63, three_quarters = half + (half >> 1);
  scripted source{half, half, 0, 0, three_quarters, half};
  CHECK(normal(source) == doctest::Approx(std::sqrt(-2 * std::log(0.25))));
  CHECK(source.drawn == 6);
}

TEST_CASE("shuffle: every order of three alike") {
  std::map<std::vector<int>, int> count;
  int const n = 12000;
  for (int k = 0; k != n; ++k) {
    random_stream random(8, static_cast<std::uint64_t>(k));
    std::vector<int> values = {1, 2, 3};
    shuffle(random, std::span(values));
    ++count[values];
  }
  CHECK(count.size() == 6);
  for (auto const& [order, c] : count) CHECK(std::fabs(c - n / 6.0) < 5 * std::sqrt(n * 5.0 / 36));
}

TEST_CASE("shuffle: what goes along gets the same order, and the order is that without it") {
  std::vector<int> alone(50), values(50), along(50), none;
  for (std::size_t k = 0; k != values.size(); ++k) alone[k] = values[k] = static_cast<int>(k);
  for (std::size_t k = 0; k != along.size(); ++k) along[k] = static_cast<int>(100 + k);
  random_stream first(3, 1), second(3, 1);
  shuffle(first, std::span(alone));
  shuffle(second, std::span(values), std::span(along), std::span(none));
  CHECK(values == alone);
  for (std::size_t k = 0; k != values.size(); ++k) CHECK(along[k] == 100 + values[k]);
  CHECK(first() == second());
}

TEST_CASE("shuffle: loses nothing, and draws nothing for one") {
  for (std::size_t const size : {2u, 5u, 257u}) {
    std::vector<int> values(size);
    for (std::size_t k = 0; k != size; ++k) values[k] = static_cast<int>(k);
    auto const sorted = values;
    random_stream random(1, size);
    shuffle(random, std::span(values));
    CHECK(std::is_permutation(values.begin(), values.end(), sorted.begin()));
  }
  scripted none(0, 0);
  std::vector<int> one = {7};
  shuffle(none, std::span(one));
  shuffle(none, std::span<int>());
  CHECK(none.drawn == 0);
  CHECK(one[0] == 7);
}
