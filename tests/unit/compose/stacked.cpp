// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/stacked.hpp>
#include <kindred/compose/stacking.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "../../support/table_scorer.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/testing/laws/explainer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::item_id;
using kindred::linear_model;
using kindred::squared_loss;
using kindred::stacked;
using kindred::stacking;
using kindred::user_id;
using support::table_scorer;

static_assert(kindred::recipe<stacking<kindred::linear_regression<>, kindred::bias_als>, kindred::ratings<float>>);

TEST_CASE_TEMPLATE("stacked: intercept and weights of any sign", T, float, double) {
  table_scorer<T> const a{.value = {1, 2, 8}}, b{.value = {5, 6, 0}};
  std::vector<double> const parameters = {2, -1, 0.5};
  stacked model{linear_model<T, squared_loss>(parameters, 2, {}), a, b};
  static_assert(kindred::predictor<decltype(model)>);
  CHECK(support::scores(model, user_id{0}, support::first_items(3)) == std::vector<T>{-2.5, -1.5, 16.5});
  CHECK(model.contributions(user_id{0}, item_id{2})[0] == 16);
  CHECK(support::is_pointwise(model, user_id{0}, support::first_items(300)));
  stacked odds{linear_model<T, kindred::logistic_loss>(parameters, 2, {}), a, b};
  static_assert(!kindred::predictor<decltype(odds)>);
  CHECK(odds.probability(user_id{0}, item_id{1}) == doctest::Approx(1 / (1 + std::exp(1.5))));
  auto const e = support::error_of([&] { stacked(linear_model<T, squared_loss>(parameters, 3, {}), a, b); });
  CHECK(e.kind() == kindred::error_kind::shape);
}

TEST_CASE_TEMPLATE("stacking: weighs by what was not seen, and beats its parts", T, float, double) {
  // A user's and an item's own shift, and noise: the sum of the two means is right, each alone is half of it.
  std::vector<support::seen> list, held_out;
  for (kindred::index_t u = 0; u != 60; ++u)
    for (kindred::index_t i = 0; i != 40; ++i) {
      double const noise = kindred::to_unit(kindred::mix(5, u, i)) - 0.5;
      double const value = 3 + std::sin(u) + std::cos(3 * i) + noise;
      if (kindred::mix(7, u, i) % 3 == 0) (kindred::mix(8, u, i) % 4 == 0 ? held_out : list).push_back({u, i, value});
    }
  auto const train = support::ratings_of<T>(list, {60, 40}), test = support::ratings_of<T>(held_out, {60, 40});
  auto const rmse = [&](auto const& model) { return kindred::evaluate_ratings(model, test).rmse; };
  stacking const how(kindred::user_mean{}, kindred::item_mean{});
  auto const done = kindred::fit(how, train);
  CHECK(rmse(done.model) < 0.7 * rmse(kindred::fit(kindred::user_mean{}, train).model));
  CHECK(rmse(done.model) < 0.7 * rmse(kindred::fit(kindred::item_mean{}, train).model));
  CHECK(done.model.weights()[0] == doctest::Approx(1).epsilon(0.15));
  CHECK(done.model.weights()[1] == doctest::Approx(1).epsilon(0.15));
  CHECK(done.model.intercept() == doctest::Approx(-3).epsilon(0.2));
  support::reversed reversed;
  auto const again = kindred::fit(how, train, reversed).model;
  CHECK(support::all_scores(again, 60, 40) == support::all_scores(done.model, 60, 40));
}

TEST_CASE("stacking: settings, and data that cannot be learned from") {
  auto const data = support::random_ratings<float>(20, 10, 0.5, 1);
  stacking how(kindred::bias_als{});
  how.folds = 1;
  CHECK(support::says(support::error_of([&] { static_cast<void>(kindred::fit(how, data)); }), "folds = 1"));
  how.folds = 2;
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, kindred::ratings<float>{})); });
  CHECK(e.kind() == kindred::error_kind::data);
}

TEST_CASE("blends explain: the reasons of all parts, each by its weight, and what each part adds") {
  auto const data = support::random_ratings<double>(30, 20, 0.4, 3);
  using knn = kindred::item_knn<kindred::cosine, kindred::item_mean>;
  auto const near = kindred::fit(knn{.neighbors = 5}, data).model;
  auto const wide = kindred::fit(knn{.neighbors = 12}, data).model;
  kindred::weighted const blend{{0.75, 0.25}, near, wide};
  std::vector<double> const parameters = {0.5, -0.25, 1};
  stacked const stack{linear_model<double, squared_loss>(parameters, 2, {}), near, wide};
  kindred::fallback const either{near, wide};
  std::vector<user_id> users;
  for (kindred::index_t u = 0; u != 8; ++u) users.push_back(user_id{u});
  auto const items = support::first_items(20);
  auto const holds = [](kindred::testing::law_result const& law) { CHECK_MESSAGE(law.holds(), law.message()); };
  holds(kindred::testing::check_explainer(blend, users, items));
  holds(kindred::testing::check_explainer(stack, users, items));
  holds(kindred::testing::check_explainer(either, users, items));
  auto const gave = blend.contributions(user_id{0}, item_id{1});
  CHECK(gave[0] + gave[1] == doctest::Approx(kindred::score_of(blend, user_id{0}, item_id{1})));
  CHECK(gave[0] == doctest::Approx(0.75 * kindred::score_of(near, user_id{0}, item_id{1})));
  using knn_model = std::remove_const_t<decltype(near)>;
  static_assert(!kindred::explainer<kindred::weighted<table_scorer<double>, knn_model>>);
}
