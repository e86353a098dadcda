// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/schedule.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

namespace {

// [model]
// Halves the rate every `every` epochs.
struct halving_rate {
  double rate = 0.02;
  std::uint32_t every = 10;
  double operator()(std::uint32_t epoch) const noexcept { return std::ldexp(rate, -static_cast<int>(epoch / every)); }
};
static_assert(kindred::schedule<halving_rate>);
// [/model]

}  // namespace

TEST_CASE("the minimal schedule") {
  halving_rate const rate{.rate = 0.8, .every = 2};
  CHECK(rate(0) == 0.8);
  CHECK(rate(1) == 0.8);
  CHECK(rate(2) == 0.4);
  CHECK(rate(5) == 0.2);
}
