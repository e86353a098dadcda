// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/radix_sort.hpp>

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

struct word {
  std::uint64_t bits;
  friend bool operator==(word const&, word const&) = default;
};

}  // namespace

TEST_CASE("radix_sort: agrees with a sort by comparison, for few keys and many, alike and unlike") {
  std::vector<word> spare;
  for (std::size_t const size : {0u, 1u, 2u, 63u, 64u, 65u, 500u, 5000u})
    // Bytes that are all the same are passed over; a mask leaves some that are not.
    for (std::uint64_t const mask : {~std::uint64_t{0}, std::uint64_t{0}, std::uint64_t{0xFF}, std::uint64_t{3} << 62,
                                     std::uint64_t{0x00FF00F000000F0F}}) {
      kindred::random_stream random(7, size);
      std::vector<word> keys;
      for (std::size_t k = 0; k != size; ++k) keys.push_back({random() & mask});
      auto twin = keys;
      std::sort(twin.begin(), twin.end(), [](word a, word b) { return a.bits > b.bits; });
      kindred::detail::sort_largest_first(keys, spare);
      CAPTURE(size);
      CAPTURE(mask);
      CHECK(keys == twin);
    }
}
