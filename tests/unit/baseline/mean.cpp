// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/mean.hpp>

#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <vector>

using kindred::item_id;
using kindred::user_id;

static_assert(kindred::recipe<kindred::user_mean, kindred::ratings<float>>);
static_assert(kindred::recipe<kindred::item_mean, kindred::ratings<double>>);
static_assert(kindred::predictor<kindred::mean_model<float, user_id>>);
static_assert(kindred::predictor<kindred::mean_model<double, item_id>>);

namespace {

template <class T>
kindred::ratings<T> three() {  // user 1 and item 1 have no rating; the mean of all is 3
  return support::ratings_of<T>({{0, 0, 1}, {0, 2, 2}, {2, 0, 6}});
}

}  // namespace

TEST_CASE_TEMPLATE("user_mean: the user's mean, whatever the item", T, float, double) {
  auto const model = kindred::fit(kindred::user_mean{}, three<T>()).model;
  CHECK(support::scores(model, user_id{0}, support::first_items(3)) == std::vector<T>{1.5, 1.5, 1.5});
  CHECK(support::scores(model, user_id{1}, support::first_items(3)) == std::vector<T>{3, 3, 3});
  CHECK(kindred::score_of(model, user_id{2}, item_id{99}) == 6);
  CHECK(kindred::score_of(model, user_id{99}, item_id{0}) == 3);
  CHECK(model.knows(user_id{0}));
  CHECK(!model.knows(user_id{1}));
  CHECK(!model.knows(user_id{99}));
  CHECK(model.knows(item_id{99}));
}

TEST_CASE_TEMPLATE("item_mean: the item's mean, whoever the user", T, float, double) {
  auto const model = kindred::fit(kindred::item_mean{}, three<T>()).model;
  for (kindred::index_t u : {0u, 1u, 99u})
    CHECK(support::scores(model, user_id{u}, support::first_items(4)) == std::vector<T>{3.5, 3, 2, 3});
  CHECK(model.knows(item_id{2}));
  CHECK(!model.knows(item_id{1}));
  CHECK(!model.knows(item_id{99}));
  CHECK(model.knows(user_id{99}));
}

TEST_CASE_TEMPLATE("means: weights count like so many ratings", T, float, double) {
  // User 0: (1 x 3 + 2 x 1) / 4 = 1.25; item 0: (1 x 3 + 6 x 1) / 4 = 2.25; all: (3 + 2 + 6) / 5 = 2.2.
  auto const data = support::weighted_ratings_of<T>({{0, 0, 1, 3}, {0, 2, 2, 1}, {2, 0, 6, 1}});
  auto const by_user = kindred::fit(kindred::user_mean{}, data).model;
  auto const by_item = kindred::fit(kindred::item_mean{}, data).model;
  CHECK(kindred::score_of(by_user, user_id{0}, item_id{0}) == T{1.25});
  CHECK(kindred::score_of(by_item, user_id{0}, item_id{0}) == T{2.25});
  CHECK(kindred::score_of(by_item, user_id{0}, item_id{1}) == doctest::Approx(2.2));
}

TEST_CASE("means: of nothing, zero") {
  kindred::ratings<float> const none;
  CHECK(kindred::score_of(kindred::fit(kindred::user_mean{}, none).model, user_id{0}, item_id{0}) == 0);
  CHECK(kindred::score_of(kindred::fit(kindred::item_mean{}, none).model, user_id{0}, item_id{0}) == 0);
}
