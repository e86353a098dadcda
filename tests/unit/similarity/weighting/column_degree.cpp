// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighting/column_degree.hpp>

#include "../../../support/error_of.hpp"
#include "../../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <limits>

using kindred::item_id;
using kindred::prepared;
using kindred::user_id;

TEST_CASE_TEMPLATE("column_degree: every value over a power of the length of its column", T, float, double) {
  // User 0 has three ratings, item 0 two.
  auto const data = support::ratings_of<T>({{0, 0, 6}, {0, 1, 3}, {0, 2, 9}, {1, 0, 4}}, {3, 3});
  auto const by_item = prepared<item_id>(kindred::column_degree{.power = 1}, data);
  CHECK(by_item.of(item_id{0}).value[0] == 2);
  CHECK(by_item.of(item_id{0}).value[1] == 4);
  auto const by_user = prepared<user_id>(kindred::column_degree{.power = 1}, data);
  CHECK(by_user.of(user_id{0}).value[0] == 3);
  CHECK(by_user.of(user_id{0}).value[1] == 3);
  CHECK(prepared<user_id>(kindred::column_degree{.power = 0}, data) == data);
  CHECK(support::says(
      support::error_of([] { kindred::column_degree{.power = std::numeric_limits<double>::quiet_NaN()}.check(); }),
      "column_degree: power"));
}
