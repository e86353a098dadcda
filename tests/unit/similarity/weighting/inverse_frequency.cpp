// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighting/inverse_frequency.hpp>

#include "../../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cmath>

using kindred::item_id;
using kindred::prepared;
using kindred::user_id;

TEST_CASE_TEMPLATE("inverse_frequency: what everybody has says nothing", T, float, double) {
  // Of three users all rated item 0 and one rated item 1.
  auto const data = support::ratings_of<T>({{0, 0, 5}, {1, 0, 4}, {2, 0, 3}, {1, 1, 2}});
  auto const seen = prepared<user_id>(kindred::inverse_frequency{}, data);
  CHECK(seen.of(user_id{0}).value[0] == 0);
  CHECK(seen.of(user_id{1}).value[1] == doctest::Approx(2 * std::log(3.0)));
}
