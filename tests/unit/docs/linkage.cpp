// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/agglomerative.hpp>

#include "../../support/clouds.hpp"

#include <doctest/doctest.h>

// [model]
// Nearer the farthest pair than the closest: three quarters of the way.
struct middle_linkage {
  double join(double to_first, double to_second, double, double) const noexcept {
    return to_first < to_second ? (to_first + 3 * to_second) / 4 : (3 * to_first + to_second) / 4;
  }
};
static_assert(kindred::linkage<middle_linkage>);
// [/model]

TEST_CASE("the minimal linkage merges") {
  // 0 and 1 at 1; 4 is 4 and 3 away from them: (3 + 3 x 4) / 4.
  support::table<float> const t{3, 1, {0, 1, 4}};
  auto const tree = kindred::fit(kindred::agglomerative<middle_linkage>{}, t.view()).model;
  CHECK(tree.merges()[1].height == 3.75);
}
