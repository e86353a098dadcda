// SPDX-License-Identifier: BSL-1.0
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cstdint>

namespace {

// [model]
// Number k of a stream is a hash of the stream and k.
struct hashed_counter {
  std::uint64_t stream;
  std::uint64_t k = 0;
  hashed_counter(std::uint64_t seed, std::uint64_t which) noexcept : stream(kindred::mix(seed, which)) {}
  std::uint64_t operator()() noexcept { return kindred::mix(stream, k++); }
};
static_assert(kindred::random_source<hashed_counter>);
// [/model]
static_assert(kindred::random_source<kindred::random_stream>);

}  // namespace

TEST_CASE("the minimal random source draws numbers that depend on seed, stream and position alone") {
  hashed_counter a(1, 2);
  hashed_counter b(1, 2);
  hashed_counter other(1, 3);
  double sum = 0;
  for (int k = 0; k != 1000; ++k) {
    double const x = kindred::unit(a);
    CHECK(x == kindred::unit(b));
    CHECK(x != kindred::unit(other));
    sum += x;
  }
  CHECK(sum / 1000 == doctest::Approx(0.5).epsilon(0.1));
}
