// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/feature_regression.hpp>

#include "../../support/error_of.hpp"

#include <kindred/linear/proximal_newton.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/testing/laws/scorer.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <span>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

namespace {

// Users are young or old, items cheap or not; the young like what is cheap, the old what is not. User 30 and item 20 have
// features, but no rating; user 31 and item 21 nothing at all.
template <class T>
struct market {
  market() {
    kindred::feature_table<user_id> people;
    for (index_t u = 0; u != 31; ++u) people.about(user_id{u}).category("age", u % 2 == 0 ? "young" : "old");
    kindred::feature_table<item_id> things;
    for (index_t i = 0; i != 21; ++i) things.about(item_id{i}).category("price", i % 2 == 0 ? "cheap" : "dear");
    about.users = kindred::user_features<T>::from(people);
    about.items = kindred::item_features<T>::from(things);
    kindred::rating_table<T> said;
    kindred::random_stream random(1, 0);
    for (index_t u = 0; u != 30; ++u)
      for (index_t i = 0; i != 20; ++i)
        if (kindred::unit(random) < 0.5) said.add(user_id{u}, item_id{i}, u % 2 == i % 2 ? T{1} : T{0});
    ratings = kindred::ratings<T>::from(said);
    about.cross_bits = 8;
  }
  kindred::pair_features<T> about;
  kindred::ratings<T> ratings;
};

}  // namespace

TEST_CASE_TEMPLATE("feature_regression: crosses tell who likes what, for new users and items too", T, float, double) {
  market<T> const shop;
  kindred::feature_regression<T, kindred::logistic_regression<>> how{shop.about};
  how.linear.l2 = 0.1;
  auto const model = kindred::fit(how, shop.ratings).model;
  static_assert(kindred::predictor<kindred::feature_model<T, kindred::logistic_loss>>);
  CHECK(kindred::score_of(model, user_id{30}, item_id{20}) > static_cast<T>(0.9));  // young, cheap
  CHECK(kindred::score_of(model, user_id{30}, item_id{19}) < static_cast<T>(0.1));
  CHECK(kindred::score_of(model, user_id{1}, item_id{20}) < static_cast<T>(0.1));
  CHECK(model.knows(user_id{30}));
  CHECK_FALSE(model.knows(user_id{31}));
  CHECK_FALSE(model.knows(item_id{21}));
  std::vector<user_id> const users{user_id{0}, user_id{30}, user_id{31}, user_id{4000}};
  std::vector<item_id> const items{item_id{0}, item_id{19}, item_id{20}, item_id{21}, item_id{4000}};
  auto const law = kindred::testing::check_scorer(model, users, items);
  CHECK_MESSAGE(law.holds(), law.message());
}

TEST_CASE("feature_regression: a score is the prediction of the row that it was trained on") {
  market<double> const shop;
  auto const model = kindred::fit(kindred::feature_regression<double>{shop.about}, shop.ratings).model;
  auto const table = shop.about.examples_of(shop.ratings);
  index_t r = 0;
  for (index_t u = 0; u != 30; ++u)
    for (index_t const i : shop.ratings.of(user_id{u}).index)
      CHECK(kindred::score_of(model, user_id{u}, item_id{i}) ==
            doctest::Approx(model.linear().predict(table.rows().row(r++))));
}

TEST_CASE("feature_regression: without crosses there are the columns of both sides") {
  market<float> shop;
  shop.about.cross_bits = 0;
  CHECK(shop.about.columns() == 4);
  auto const table = shop.about.examples_of(shop.ratings);
  CHECK(table.rows().row(0).size() == 2);
  shop.about.cross_bits = 31;
  CHECK(support::error_of([&] {
          static_cast<void>(kindred::fit(kindred::feature_regression<float>{shop.about}, shop.ratings));
        }).kind() == kindred::error_kind::setting);
}
