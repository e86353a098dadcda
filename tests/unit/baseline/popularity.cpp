// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/popularity.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <vector>

using kindred::item_id;
using kindred::user_id;

static_assert(kindred::recipe<kindred::popularity, kindred::ratings<float>>);
static_assert(kindred::scorer<kindred::popularity_model<float>> &&
              !kindred::predictor<kindred::popularity_model<float>>);

TEST_CASE_TEMPLATE("popularity: how many rated an item, whoever asks", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 5}, {1, 0, 1}, {2, 0, 3}, {1, 2, 4}}, {4, 4});
  auto const model = kindred::fit(kindred::popularity{}, data).model;
  std::vector<T> const expected{3, 0, 1, 0};
  for (kindred::index_t u : {0u, 3u, 99u})
    CHECK(support::scores(model, user_id{u}, support::first_items(4)) == expected);
  CHECK(kindred::score_of(model, user_id{0}, item_id{99}) == 0);
  CHECK(model.knows(user_id{99}));
  CHECK(model.knows(item_id{0}));
  CHECK(!model.knows(item_id{1}));
  CHECK(!model.knows(item_id{99}));
}

TEST_CASE_TEMPLATE("popularity: weights are added up", T, float, double) {
  auto const data = support::weighted_ratings_of<T>({{0, 0, 5, 0.5}, {1, 0, 1, 2}, {1, 1, 4, 0.25}});
  auto const model = kindred::fit(kindred::popularity{}, data).model;
  CHECK(support::scores(model, user_id{0}, support::first_items(2)) == std::vector<T>{2.5, 0.25});
}

TEST_CASE("popularity: no ratings, no popularity; too much weight, an error") {
  auto const model = kindred::fit(kindred::popularity{}, kindred::ratings<float>{}).model;
  CHECK(!model.knows(item_id{0}));
  CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == 0);
  auto const heavy = support::weighted_ratings_of<float>({{0, 0, 1, 1}, {0, 1, 1, 3e38}, {1, 1, 1, 3e38}});
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(kindred::popularity{}, heavy)); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(support::says(e, "item 1"));
}
