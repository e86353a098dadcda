// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighting/powered.hpp>

#include "../../../support/error_of.hpp"
#include "../../../support/ratings.hpp"

#include <doctest/doctest.h>

using kindred::item_id;
using kindred::prepared;
using kindred::user_id;

TEST_CASE_TEMPLATE("powered: sizes to a power, signs kept", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 9}, {0, 1, -4}, {0, 2, 0}});
  auto const rooted = prepared<user_id>(kindred::powered{}, data);
  auto const roots = rooted.of(user_id{0}).value;
  CHECK(roots[0] == 3);
  CHECK(roots[1] == -2);
  CHECK(roots[2] == 0);
  auto const counted = prepared<item_id>(kindred::powered{.power = 0}, data);
  auto const ones = counted.of(user_id{0}).value;
  CHECK(ones[0] == 1);
  CHECK(ones[1] == -1);
  CHECK(ones[2] == 0);
  CHECK(support::says(support::error_of([] { kindred::powered{.power = -1}.check(); }), "powered: power"));
}
