// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_model.hpp>

#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using kindred::item_id;
using kindred::user_id;

static_assert(kindred::predictor<kindred::bias_model<float>>);

TEST_CASE_TEMPLATE("bias_model: mean plus both biases, an unknown one being zero", T, float, double) {
  // User 1 and item 1 have no rating. The mean is 3.
  kindred::bias_model<T> model(support::ratings_of<T>({{0, 0, 1}, {0, 2, 2}, {2, 0, 6}}));
  CHECK(model.mean() == 3);
  CHECK(support::scores(model, user_id{0}, support::first_items(3)) == std::vector<T>{3, 3, 3});
  model.users()[0] = 0.5;
  model.users()[2] = -1;
  model.items()[0] = 0.25;
  model.items()[2] = 2;
  CHECK(support::scores(model, user_id{0}, support::first_items(4)) == std::vector<T>{3.75, 3.5, 5.5, 3.5});
  CHECK(support::scores(model, user_id{1}, support::first_items(4)) == std::vector<T>{3.25, 3, 5, 3});
  CHECK(support::scores(model, user_id{99}, support::first_items(4)) == std::vector<T>{3.25, 3, 5, 3});
  CHECK(model.bias(user_id{2}) == -1);
  CHECK(model.bias(item_id{99}) == 0);
  CHECK(model.knows(user_id{0}));
  CHECK(!model.knows(user_id{1}));
  CHECK(!model.knows(user_id{99}));
  CHECK(model.knows(item_id{2}));
  CHECK(!model.knows(item_id{1}));
  CHECK(!model.knows(item_id{99}));
  CHECK(model.reach() == 3 + 1 + 2);
  model.items()[1] = -std::numeric_limits<T>::infinity();
  CHECK(model.reach() == std::numeric_limits<double>::infinity());
}

TEST_CASE("bias_model: is a value") {
  kindred::bias_model<double> const one(support::ratings_of<double>({{0, 0, 4}}));
  auto other = one;
  CHECK(other == one);
  other.users()[0] = 1;
  CHECK(other != one);
  CHECK(one.bias(user_id{0}) == 0);
}
