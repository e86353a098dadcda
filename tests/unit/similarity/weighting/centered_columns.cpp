// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighting/centered_columns.hpp>

#include "../../../support/ratings.hpp"

#include <doctest/doctest.h>

using kindred::item_id;
using kindred::prepared;
using kindred::user_id;

TEST_CASE_TEMPLATE("centered_columns: every value less the mean of its column", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 5}, {0, 1, 3}, {1, 0, 4}, {1, 1, 1}, {1, 2, 4}});
  auto const items = prepared<item_id>(kindred::centered_columns{}, data);  // columns are users: means 4 and 3
  CHECK(items.of(user_id{0}).value[0] == 1);
  CHECK(items.of(user_id{0}).value[1] == -1);
  CHECK(items.of(user_id{1}).value[1] == -2);
  auto const users = prepared<user_id>(kindred::centered_columns{}, data);  // columns are items: means 4.5, 2, 4
  CHECK(users.of(user_id{0}).value[0] == T{0.5f});
  CHECK(users.of(user_id{1}).value[2] == 0);
}
