// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/each_prediction.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

using kindred::each_prediction;
using kindred::rating_scale;

TEST_CASE_TEMPLATE("each_prediction: every rating of the users asked for, in order, across blocks", T, float, double) {
  // User 1 has 600 ratings: two full blocks of 256 and one of 88. User 2 has none, user 4 is none of the model's.
  std::vector<support::seen> list = {{0, 3, 2}, {3, 0, 1}, {3, 599, 4}, {4, 5, 3}};
  for (kindred::index_t i = 0; i != 600; ++i) list.push_back({1, i, 1.0 + i % 5});
  auto const test = support::ratings_of<T>(list);
  support::table_model<T> model;
  model.neutral = 9;
  model.table.assign(4, std::vector<T>(600));
  for (std::size_t u = 0; u != 4; ++u)
    for (std::size_t i = 0; i != 600; ++i) model.table[u][i] = static_cast<T>(1000 * u + i);

  std::vector<std::pair<double, double>> met;
  auto const visit = [&](double predicted, double rated) { met.push_back({predicted, rated}); };
  each_prediction(model, test, 0, 1, visit);
  CHECK(met == std::vector<std::pair<double, double>>{{3, 2}});

  met.clear();
  each_prediction(model, test, 1, 3, visit);
  REQUIRE(met.size() == 600);
  for (std::size_t k = 0; k != 600; ++k) {
    CHECK(met[k].first == 1000.0 + static_cast<double>(k));
    CHECK(met[k].second == 1.0 + static_cast<double>(k % 5));
  }

  met.clear();
  each_prediction(model, test, 2, 5, visit);
  CHECK(met == std::vector<std::pair<double, double>>{{3000, 1}, {3599, 4}, {9, 3}});
}

TEST_CASE_TEMPLATE("rating_scale: of data, and how it clips", T, float, double) {
  auto const scale = rating_scale::of(support::ratings_of<T>({{0, 0, 2.5}, {0, 1, 4}, {1, 0, -1}}));
  CHECK(scale.lowest == -1);
  CHECK(scale.highest == 4);
  CHECK(scale.clip(-3) == -1);
  CHECK(scale.clip(-1) == -1);
  CHECK(scale.clip(0.5) == 0.5);
  CHECK(scale.clip(7) == 4);
}

TEST_CASE("rating_scale: without data it holds everything") {
  auto const scale = rating_scale::of(kindred::ratings<float>{});
  double const huge = (std::numeric_limits<double>::max)();
  CHECK(scale.clip(-huge) == -huge);
  CHECK(scale.clip(huge) == huge);
  scale.check();
}

TEST_CASE("rating_scale: upside down or not a number") {
  rating_scale{3, 3}.check();
  auto const e = support::error_of([] { rating_scale{5, 1}.check(); });
  CHECK(e.kind() == kindred::error_kind::setting);
  CHECK(support::says(e, "from 5 to 1"));
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(support::error_of([&] { rating_scale{nan, 1}.check(); }).kind() == kindred::error_kind::setting);
  CHECK(support::error_of([&] { rating_scale{1, nan}.check(); }).kind() == kindred::error_kind::setting);
}
