// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/slim.hpp>
#include <kindred/score/range_scorer.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::slim;
using kindred::user_id;

static_assert(kindred::recipe<slim, kindred::ratings<float>>);
static_assert(kindred::range_scorer<kindred::sparse_item_weights<float>> &&
              kindred::explainer<kindred::sparse_item_weights<double>>);

TEST_CASE_TEMPLATE("slim: two items, by hand", T, float, double) {
  // Users 0 and 1 have both, user 2 has item 0 alone. Of item 1 from item 0: (2 - l1) / (3 + l2) = 1.5 / 4; of item 0 from item 1:
  // (2 - l1) / (2 + l2) = 1.5 / 3.
  auto const data =
      support::ratings_of<T>({{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}, {2, 0, 1}}, {.users = 4, .items = 3});
  auto const trained = kindred::fit(slim{.l1 = 0.5, .l2 = 1}, data);
  CHECK(trained.report.converged);
  CHECK(trained.model.weight(item_id{0}, item_id{1}) == doctest::Approx(0.375));
  CHECK(trained.model.weight(item_id{1}, item_id{0}) == doctest::Approx(0.5));
  CHECK(trained.model.weights().size() == 2);
  CHECK(support::scores(trained.model, user_id{2}, support::first_items(4)) ==
        std::vector<T>{0, static_cast<T>(0.375), 0, 0});
  CHECK(!trained.model.knows(user_id{3}));
  CHECK(!trained.model.knows(item_id{2}));
}

TEST_CASE_TEMPLATE("slim: nothing is to be gained by moving a weight", T, float, double) {
  constexpr index_t items = 30;
  auto const data = support::ratings_of<T>(support::random_list(40, items, 0.25, 3), {.users = 41, .items = items});
  slim how{.l1 = 2, .l2 = 3};
  how.tolerance = 1e-9;
  how.sweeps = 5000;
  auto const trained = kindred::fit(how, data);
  auto const& model = trained.model;
  CHECK(trained.report.converged);
  support::reversed other;
  auto const again = kindred::fit(how, data, other).model;
  CHECK(model.weights().size() > items);
  CHECK(model.weights().size() < items * items / 2);
  double worst = 0, cost = 0;
  for (index_t i = 0; i != items; ++i) {
    std::vector<double> rest(41, 0);
    for (index_t u = 0; u != 41; ++u) {
      auto const row = data.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k)
        rest[u] += static_cast<double>(row.value[k]) *
                   ((row.index[k] == i ? 1 : 0) - static_cast<double>(model.weight(item_id{row.index[k]}, item_id{i})));
    }
    for (double const r : rest) cost += r * r / 2;
    for (index_t j = 0; j != items; ++j) {
      auto const w = static_cast<double>(model.weight(item_id{j}, item_id{i}));
      CHECK(model.weight(item_id{j}, item_id{i}) == again.weight(item_id{j}, item_id{i}));
      if (j == i) continue;
      cost += w * (how.l1 + how.l2 * w / 2);
      double slope = how.l1 + how.l2 * w;
      auto const who = data.of(item_id{j});
      for (std::size_t k = 0; k != who.size(); ++k) slope -= static_cast<double>(who.value[k]) * rest[who.index[k]];
      worst = std::fmax(worst, w > 0 ? std::abs(slope) : -slope);  // at zero, only a rise may be ahead
    }
  }
  CHECK(worst < 1e-3);
  CHECK(trained.report.objective == doctest::Approx(cost).epsilon(1e-5));
  how.sweeps = 1;
  CHECK(!kindred::fit(how, data).report.converged);
  CHECK(support::is_pointwise(model, user_id{3}, support::first_items(40)));
  std::vector<T> range(38);
  model.score_range(user_id{3}, item_id{2}, range);
  auto const scores = support::scores(model, user_id{3}, support::first_items(40));
  CHECK(std::vector<T>(scores.begin() + 2, scores.end()) == range);
}

TEST_CASE("slim: few candidates, and what it refuses") {
  auto const data = support::ratings_of<float>(support::random_list(40, 30, 0.25, 3));
  auto const model = kindred::fit(slim{.candidates = 4}, data).model;
  CHECK(model.weights().size() <= 4 * 30);
  CHECK(kindred::fit(slim{.candidates = 0}, data).model.weights().size() == 0);
  // The likest by cosine comes first: item 1, which everybody has who has item 0, and not item 2, which more of them have as well
  // as many others.
  std::vector<support::seen> alike{{0, 0, 1}, {1, 0, 1}, {0, 1, 1}};
  for (index_t u = 0; u != 9; ++u) alike.push_back({u, 2, 1});
  auto const first =
      kindred::fit(slim{.l1 = 0.1, .l2 = 0.1, .candidates = 1}, support::ratings_of<double>(alike)).model;
  CHECK(first.weight(item_id{1}, item_id{0}) > 0);
  CHECK(first.weight(item_id{2}, item_id{0}) == 0);
  auto const refused = [&](slim const& how) { return support::error_of([&] { (void)kindred::fit(how, data); }); };
  CHECK(support::says(refused({.l1 = -1}), "l1 = -1"));
  CHECK(support::says(refused({.l2 = -1}), "l2 = -1"));
}
