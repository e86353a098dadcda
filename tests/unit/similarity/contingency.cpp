// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/contingency.hpp>

#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

TEST_CASE("contingency: counts what is there, and believes no number of columns that is too small") {
  kindred::row_sums const a{.count = 5}, b{.count = 4}, of_matrix{.count = 5, .columns = 50};
  kindred::shared_count const shared{3};
  auto const alone = kindred::contingency::of(shared, a, b, 0);
  CHECK(alone.both == 3);
  CHECK(alone.first == 5);
  CHECK(alone.second == 4);
  CHECK(alone.columns == 6);
  CHECK(kindred::contingency::of(shared, of_matrix, b, 0).columns == 50);
  CHECK(kindred::contingency::of(shared, of_matrix, b, 20).columns == 20);
  CHECK(kindred::contingency::of(shared, of_matrix, b, 2).columns == 6);
}
