// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/constant.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

static_assert(kindred::recipe<kindred::constant, kindred::ratings<float>>);
static_assert(kindred::predictor<kindred::constant_model<float>>);

TEST_CASE_TEMPLATE("constant: one number for everybody and everything", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 1}});
  auto const model = kindred::fit(kindred::constant{.value = 2.5}, data).model;
  CHECK(support::scores(model, kindred::user_id{7}, support::first_items(3)) == std::vector<T>{2.5, 2.5, 2.5});
  CHECK(model.knows(kindred::user_id{7}));
  CHECK(model.knows(kindred::item_id{7}));
  auto const zero = kindred::fit(kindred::constant{}, data).model;
  CHECK(kindred::score_of(zero, kindred::user_id{0}, kindred::item_id{0}) == 0);
}

TEST_CASE("constant: a finite number of the ratings' type") {
  kindred::ratings<float> const floats;
  kindred::ratings<double> const doubles;
  for (double const bad : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN(), 1e300}) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(kindred::constant{.value = bad}, floats)); });
    CHECK(e.kind() == kindred::error_kind::setting);
  }
  CHECK_NOTHROW(static_cast<void>(kindred::fit(kindred::constant{.value = 1e300}, doubles)));
}
