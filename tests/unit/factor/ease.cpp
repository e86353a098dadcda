// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/ease.hpp>
#include <kindred/score/range_scorer.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::ease;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

static_assert(kindred::recipe<ease, kindred::ratings<float>>);
static_assert(kindred::range_scorer<kindred::item_weights<float>> && kindred::explainer<kindred::item_weights<double>>);
static_assert(!kindred::predictor<kindred::item_weights<float>>);

TEST_CASE_TEMPLATE("ease: two items, by hand", T, float, double) {
  // Both users have item 0, one has item 1: X'X = [2 1; 1 1], and with lambda 1, [3 1; 1 2], whose inverse is [2 -1; -1 3] / 5.
  // So weight(1, 0) = 1/2 and weight(0, 1) = 1/3.
  auto const data = support::ratings_of<T>({{0, 0, 1}, {0, 1, 1}, {1, 0, 1}}, {.users = 3, .items = 3});
  auto const model = kindred::fit(ease{.regularization = 1}, data).model;
  CHECK(model.weight(item_id{1}, item_id{0}) == doctest::Approx(0.5));
  CHECK(model.weight(item_id{0}, item_id{1}) == doctest::Approx(1.0 / 3));
  CHECK(model.weight(item_id{0}, item_id{0}) == 0);
  auto const scores = support::scores(model, user_id{1}, support::first_items(5));
  CHECK(scores[0] == 0);
  CHECK(scores[1] == doctest::Approx(1.0 / 3));
  CHECK(scores[2] == 0);
  CHECK(scores[4] == 0);
  CHECK(!model.knows(user_id{2}));
  CHECK(!model.knows(item_id{2}));
}

TEST_CASE_TEMPLATE("ease: the slope vanishes beside the diagonal, the same bits in any order", T, float, double) {
  // Half the slope of |X - X B|^2 + lambda |B|^2 in B[j][i] is that of X'X (B - I) + lambda B. 140 items are two blocks of
  // float and three of double.
  constexpr index_t items = 140;
  auto const data = support::ratings_of<T>(support::random_list(80, items, 0.1, 3), {.users = 80, .items = items});
  ease const how{.regularization = 20};
  auto const model = kindred::fit(how, data).model;
  support::reversed other;
  auto const again = kindred::fit(how, data, other).model;
  double worst = 0;
  for (index_t i = 0; i < items; i += 37) {
    std::vector<double> gap(80, 0);  // of every user: what B says of i, less what is there
    for (index_t u = 0; u != 80; ++u) {
      auto const row = data.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k)
        gap[u] += static_cast<double>(row.value[k]) *
                  (static_cast<double>(model.weight(item_id{row.index[k]}, item_id{i})) - (row.index[k] == i ? 1 : 0));
    }
    for (index_t j = 0; j != items; ++j) {
      CHECK(model.weight(item_id{j}, item_id{i}) == again.weight(item_id{j}, item_id{i}));
      if (j == i || !model.knows(item_id{i})) continue;
      double slope = how.regularization * static_cast<double>(model.weight(item_id{j}, item_id{i}));
      auto const who = data.of(item_id{j});
      for (std::size_t k = 0; k != who.size(); ++k) slope += static_cast<double>(who.value[k]) * gap[who.index[k]];
      worst = std::fmax(worst, std::abs(slope));
    }
  }
  CHECK(worst < 1e5 * static_cast<double>(std::numeric_limits<T>::epsilon()));
  CHECK(support::is_pointwise(model, user_id{3}, support::first_items(150)));
  auto const scores = support::scores(model, user_id{3}, support::first_items(150));
  std::vector<T> range(150);
  model.score_range(user_id{3}, item_id{0}, range);
  CHECK(scores == range);
}

TEST_CASE("ease: of nothing") {
  auto const model = kindred::fit(ease{}, support::ratings_of<float>({})).model;
  CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == 0);
}

TEST_CASE("ease: what it refuses") {
  auto const data = support::ratings_of<float>({{0, 0, 1}, {0, 1, 1}});
  auto const refused = [&](ease const& how) { return support::error_of([&] { (void)kindred::fit(how, data); }); };
  CHECK(support::says(refused({.regularization = -1}), "regularization = -1"));
  CHECK(refused({.regularization = 0}).kind() == kindred::error_kind::numeric);
}
