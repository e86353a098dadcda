// SPDX-License-Identifier: BSL-1.0
#include <kindred/testing/rhythm.hpp>

#include <doctest/doctest.h>

#include <algorithm>

namespace testing = kindred::testing;
namespace detail = kindred::testing::detail;

TEST_CASE("rhythm: moments lie between joining and the end, in every week of it") {
  auto random = detail::stream_of(1, detail::purpose::visits, 0);
  auto const since = testing::world_begin + 49 * testing::week;
  int of_week[3] = {};
  for (int k = 0; k != 3000; ++k) {
    auto const t = detail::time_after(random, since);
    REQUIRE((t >= since && t < testing::world_end));
    ++of_week[(t - since) / testing::week];
  }
  for (int const count : of_week) CHECK(std::abs(count - 1000) < 110);  // four standard deviations of 25.8
}
