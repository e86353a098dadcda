// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/z_score.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"

#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/held.hpp>
#include <kindred/baseline/spread.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cmath>

using kindred::item_id;
using kindred::user_id;

static_assert(kindred::spreading<kindred::z_score_model<float, user_id>> &&
              !kindred::spreading<kindred::mean_model<float, user_id>>);

TEST_CASE_TEMPLATE("z_score: the spread about the mean, drawn towards the usual", T, float, double) {
  // User 0: 1, 5, mean 3, squares 4 + 4. User 1: 4 alone. Item 0: 1, 4, mean 2.5, squares 2.25 + 2.25.
  auto const data = support::ratings_of<T>({{0, 0, 1}, {0, 1, 5}, {1, 0, 4}}, {3, 2});
  auto const plain = kindred::fit(kindred::user_z_score{.damping = 0, .usual = 0.7}, data).model;
  CHECK(plain.spread(user_id{0}, item_id{0}) == 2);
  CHECK(plain.spread(user_id{1}, item_id{0}) == T(0.7));  // one rating has no spread
  CHECK(plain.spread(user_id{2}, item_id{0}) == T(0.7));
  CHECK(plain.spread(user_id{9}, item_id{0}) == T(0.7));
  CHECK(kindred::score_of(plain, user_id{0}, item_id{0}) == 3);
  auto const damped = kindred::fit(kindred::user_z_score{.damping = 2, .usual = 3}, data).model;
  CHECK(damped.spread(user_id{0}, item_id{0}) == doctest::Approx(std::sqrt((8 + 2 * 9) / 4.0)));
  CHECK(damped.spread(user_id{1}, item_id{0}) == doctest::Approx(std::sqrt(2 * 9 / 3.0)));
  auto const items = kindred::fit(kindred::item_z_score{.damping = 0}, data).model;
  CHECK(items.spread(user_id{9}, item_id{0}) == doctest::Approx(1.5));
  CHECK(kindred::spread_of(items, user_id{9}, item_id{7}) == 1);
  CHECK(kindred::spread_of(kindred::fit(kindred::constant{}, data).model, user_id{0}, item_id{0}) == 1);
}

TEST_CASE_TEMPLATE("z_score: weights count like so many ratings", T, float, double) {
  auto const data = support::weighted_ratings_of<T>({{0, 0, 1, 3}, {0, 1, 5, 1}});
  // Mean 2, squares 3 + 9 of four.
  auto const model = kindred::fit(kindred::user_z_score{.damping = 0}, data).model;
  CHECK(model.spread(user_id{0}, item_id{0}) == doctest::Approx(std::sqrt(3.0)));
}

TEST_CASE("z_score: settings outside their range") {
  auto const data = support::ratings_of<float>({{0, 0, 1}});
  for (double const usual : {0.0, -1.0, 1e-60, 1e300}) {
    auto const e =
        support::error_of([&] { static_cast<void>(kindred::fit(kindred::user_z_score{.usual = usual}, data)); });
    CHECK(e.kind() == kindred::error_kind::setting);
  }
  auto const e =
      support::error_of([&] { static_cast<void>(kindred::fit(kindred::item_z_score{.damping = -1}, data)); });
  CHECK(support::says(e, "damping = -1"));
}

TEST_CASE("held: fits to what it holds") {
  auto const data = support::ratings_of<float>({{0, 0, 1}, {0, 1, 5}});
  auto const before = kindred::fit(kindred::user_mean{}, data).model;
  auto const after =
      kindred::fit(kindred::held<kindred::mean_model<float, user_id>>{before}, kindred::ratings<float>{});
  CHECK(after.model == before);
}
