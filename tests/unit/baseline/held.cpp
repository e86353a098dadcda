// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/held.hpp>

#include "../../support/ratings.hpp"

#include <kindred/baseline/mean.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <type_traits>

TEST_CASE_TEMPLATE("held: fits itself, whatever the data", T, float, double) {
  auto const few = support::ratings_of<T>({{0, 0, 1}, {0, 1, 3}}, {1, 2});
  auto const others = support::ratings_of<T>({{0, 0, 5}, {1, 1, 5}}, {2, 2});
  auto const model = kindred::fit(kindred::user_mean{}, few).model;
  kindred::held<std::remove_cvref_t<decltype(model)>> const how{model};
  CHECK(kindred::fit(how, others).model == model);
}
