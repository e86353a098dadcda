// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/spread.hpp>

#include "../../support/ratings.hpp"

#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <type_traits>

using kindred::item_id;
using kindred::user_id;

// User 0 gave 1 and 5, user 1 the same twice. A mean has no spread, which counts as one.
TEST_CASE_TEMPLATE("spread: of a predictor that has one, and of one that has none", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 1}, {0, 1, 5}, {1, 0, 2}, {1, 1, 2}}, {2, 2});
  auto const mean = kindred::fit(kindred::user_mean{}, data).model;
  static_assert(!kindred::spreading<std::remove_cvref_t<decltype(mean)>>);
  CHECK(kindred::spread_of(mean, user_id{0}, item_id{0}) == 1);
  auto const scores = kindred::fit(kindred::user_z_score{}, data).model;
  static_assert(kindred::spreading<std::remove_cvref_t<decltype(scores)>>);
  CHECK(kindred::spread_of(scores, user_id{0}, item_id{0}) == scores.spread(user_id{0}, item_id{0}));
  CHECK(kindred::spread_of(scores, user_id{0}, item_id{0}) > kindred::spread_of(scores, user_id{1}, item_id{0}));
}
