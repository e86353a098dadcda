// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/as_predictor.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_scorer.hpp"

#include <kindred/testing/laws/scorer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <vector>

using kindred::item_id, kindred::user_id;
using support::table_scorer;

TEST_CASE_TEMPLATE("as_predictor: the nearest line, within the ratings", T, float, double) {
  table_scorer<T> const scores{.value = {10, 20, 30, 90, 0}, .users = 2, .known = {1, 1, 1, 1, 0}};
  // Scores 10, 20, 30 and 10 of ratings 2, 3, 5 and 2: means 17.5 and 3, sum of (s - 17.5)(r - 3) = 40, of (s - 17.5)^2 = 275.
  // So the slope is 8/55, and the line is at 3 - 8/55 17.5 = 5/11. Item 4, which is not known, counts for the mean alone: 16/5.
  auto const data = support::ratings_of<T>({{0, 0, 2}, {0, 1, 3}, {0, 2, 5}, {1, 0, 2}, {1, 4, 4}});
  auto const stars = kindred::as_predictor(scores, data);
  static_assert(kindred::predictor<kindred::line_predictor<table_scorer<T>>>);
  CHECK(stars.fitted().slope == doctest::Approx(8.0 / 55));
  CHECK(kindred::score_of(stars, user_id{0}, item_id{1}) == doctest::Approx(5.0 / 11 + 160.0 / 55));
  CHECK(kindred::score_of(stars, user_id{0}, item_id{0}) == 2);  // 1.91, and no rating is below 2
  CHECK(kindred::score_of(stars, user_id{0}, item_id{3}) == 5);
  CHECK(kindred::score_of(stars, user_id{0}, item_id{4}) == doctest::Approx(3.2));
  CHECK(kindred::score_of(stars, user_id{7}, item_id{0}) == doctest::Approx(3.2));
  std::array<user_id, 3> const users{user_id{0}, user_id{1}, user_id{7}};
  auto const law = kindred::testing::check_scorer(stars, users, std::span<item_id const>());
  CHECK_MESSAGE(law.holds(), law.message());
}

TEST_CASE("as_predictor: scores that say nothing") {
  auto const data = support::ratings_of<float>({{0, 0, 2}, {0, 1, 3}, {0, 2, 4}});
  auto const falling = kindred::as_predictor(table_scorer<float>{.value = {3, 2, 1}}, data);
  CHECK(kindred::score_of(falling, user_id{0}, item_id{0}) == 3);
  auto const flat = kindred::as_predictor(table_scorer<float>{.value = {1, 1, 1}}, data);
  CHECK(kindred::score_of(flat, user_id{0}, item_id{2}) == 3);
  // Scores so close that the slope, 1 / 1.4e-45, is no float.
  auto const close = kindred::as_predictor(table_scorer<float>{.value = {0, 1.4e-45f, 2.8e-45f}}, data);
  CHECK(kindred::score_of(close, user_id{0}, item_id{0}) == 3);
  auto const stranger = kindred::as_predictor(table_scorer<float>{.value = {1, 2, 3}, .users = 0}, data);
  CHECK(kindred::score_of(stranger, user_id{0}, item_id{2}) == 3);
  auto const nothing = kindred::ratings<float>::from(std::vector<kindred::rating<float>>{});
  auto const refused =
      support::error_of([&] { static_cast<void>(kindred::as_predictor(table_scorer<float>{.value = {1}}, nothing)); });
  CHECK(refused.kind() == kindred::error_kind::data);
}
