// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/normalized.hpp>
#include <kindred/compose/score_scale.hpp>

#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "../../support/table_scorer.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::item_id;
using kindred::min_max_scale;
using kindred::rank_scale;
using kindred::user_id;
using kindred::z_scale;
using support::table_scorer;

static_assert(kindred::score_scale<min_max_scale<float>, float> && kindred::score_scale<rank_scale<double>, double>);
static_assert(!kindred::predictor<kindred::normalized<table_scorer<float, true>, z_scale<float>>>);

TEST_CASE_TEMPLATE("score scales: by hand", T, float, double) {
  std::vector<T> const scores = {2, 4, 4, 6};
  auto const width = min_max_scale<T>::of(scores);
  CHECK(width(2) == 0);
  CHECK(width(6) == 1);
  CHECK(width(8) == doctest::Approx(1.5));
  auto const z = z_scale<T>::of(scores);  // mean 4, variance (4 + 0 + 0 + 4) / 4
  CHECK(z(4) == 0);
  CHECK(z(6) == doctest::Approx(std::sqrt(2.0)));
  std::vector<T> many(129);
  for (std::size_t k = 0; k != many.size(); ++k) many[k] = static_cast<T>(k * k);
  auto const rank = rank_scale<T>::of(many);
  CHECK(rank(-1) == 0);
  CHECK(rank(T(64 * 64)) == 0.5);
  CHECK(rank(T(3 * 3 + 3.5)) == doctest::Approx(3.5 / 128));  // half-way from 9 to 16
  CHECK(rank(1e9) == 1);
}

TEST_CASE_TEMPLATE("score scales: of scores that are all alike, or enormous", T, float, double) {
  std::vector<T> const same(5, T{3});
  CHECK(min_max_scale<T>::of(same)(7) == 0);
  CHECK(z_scale<T>::of(same)(7) == 0);
  CHECK(rank_scale<T>::of(same)(2) == 0);
  CHECK(rank_scale<T>::of(same)(3) == 1);
  std::vector<T> const far = {T{-1e30f}, T{1e30f}};
  CHECK(kindred::is_finite(z_scale<T>::of(far)(T{1e30f})));
  CHECK(kindred::is_finite(min_max_scale<T>::of(far)(T{1e30f})));
  std::vector<T> const lone = {T{1}};
  CHECK(rank_scale<T>::of(lone)(0) == 0);
}

TEST_CASE("normalize: scores on the scale of a sample, in the same order") {
  auto const data = support::ratings_of<double>({{0, 0, 1}, {0, 1, 1}, {0, 2, 1}, {1, 2, 1}});
  table_scorer<double> const part{.value = {10, 20, 60}, .users = 2};
  auto const model = kindred::normalize<min_max_scale>(part, data);
  CHECK(support::scores(model, user_id{0}, support::first_items(3)) == std::vector<double>{0, 0.2, 1});
  CHECK(model.knows(user_id{1}));
  CHECK(!model.knows(item_id{3}));
  CHECK(support::is_pointwise(model, user_id{0}, support::first_items(300)));
  CHECK(kindred::fit_scale<z_scale>(part, kindred::ratings<double>{})(7.0) == 0);
}
