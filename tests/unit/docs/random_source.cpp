// SPDX-License-Identifier: BSL-1.0
#include <kindred/run/random.hpp>
#include <kindred/testing/laws/random_source.hpp>

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

TEST_CASE("the minimal random source keeps the laws") {
  auto const law = kindred::testing::check_random_source<hashed_counter>();
  CHECK_MESSAGE(law.holds(), law.message());
}
