// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighting/row_ranks.hpp>

#include "../../../support/ratings.hpp"

#include <doctest/doctest.h>

using kindred::item_id;
using kindred::prepared;
using kindred::user_id;

TEST_CASE_TEMPLATE("row_ranks: places from the lowest, shared by equals", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 5}, {0, 1, 1}, {0, 2, 3}, {0, 3, 3}, {1, 0, 7}});
  auto const ranks = prepared<user_id>(kindred::row_ranks{}, data);
  CHECK(ranks.of(user_id{0}).value[0] == 4);
  CHECK(ranks.of(user_id{0}).value[1] == 1);
  CHECK(ranks.of(user_id{0}).value[2] == T{2.5f});
  CHECK(ranks.of(user_id{0}).value[3] == T{2.5f});
  CHECK(ranks.of(user_id{1}).value[0] == 1);
  auto const of_items = prepared<item_id>(kindred::row_ranks{}, data);
  CHECK(of_items.of(user_id{0}).value[0] == 1);
  CHECK(of_items.of(user_id{1}).value[0] == 2);
}
