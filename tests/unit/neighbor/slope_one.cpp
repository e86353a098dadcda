// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/slope_one.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/baseline/constant.hpp>

#include <doctest/doctest.h>

using kindred::constant;
using kindred::index_t;
using kindred::item_id;
using kindred::slope_one;
using kindred::user_id;

static_assert(kindred::recipe<slope_one<>, kindred::ratings<float>>);

namespace {

// The formula, read literally; the base where nothing speaks.
template <class T>
double twin(kindred::ratings<T> const& data, index_t min_shared, double base, index_t u, index_t j) {
  auto const table = support::dense_of(data);
  double sum = 0, weight = 0;
  for (index_t i = 0; i != data.item_count(); ++i) {
    if (i == j || !table[u][i]) continue;
    double apart = 0, n = 0;
    for (index_t v = 0; v != data.user_count(); ++v)
      if (table[v][i] && table[v][j]) {
        apart += *table[v][j] - *table[v][i];
        ++n;
      }
    if (n < min_shared || n == 0) continue;
    sum += n * (*table[u][i] + apart / n);
    weight += n;
  }
  return weight > 0 ? sum / weight : base;
}

}  // namespace

TEST_CASE_TEMPLATE("slope_one: the example of the paper", T, float, double) {
  // Lemire and Maclachlan, figure 1: who gave 1 to I and 1.5 to J says that J is better by 0.5; who gave 2 to I will give 2.5.
  auto const data = support::ratings_of<T>({{0, 0, 1}, {0, 1, 1.5}, {1, 0, 2}});
  auto const model = kindred::fit(slope_one<constant>{.min_shared = 1}, data).model;
  CHECK(kindred::score_of(model, user_id{1}, item_id{1}) == T{2.5});
  CHECK(model.between(item_id{0}, item_id{1}) == std::pair{T{1}, T{0.5}});
  CHECK(model.between(item_id{1}, item_id{0}) == std::pair{T{1}, T{-0.5}});
  CHECK(model.between(item_id{1}, item_id{7}) == std::pair{T{0}, T{0}});
}

TEST_CASE_TEMPLATE("slope_one: more users weigh more", T, float, double) {
  // Item 2 against 0: (5-4, 4-4): +0.5 by two users; against 1: 3-1 = +2 by one. User 3 said 3 of 0 and 2 of 1:
  // (2 (3 + 0.5) + 1 (2 + 2)) / 3 = 11/3.
  auto const data =
      support::ratings_of<T>({{0, 0, 4}, {0, 2, 5}, {1, 0, 4}, {1, 2, 4}, {2, 1, 1}, {2, 2, 3}, {3, 0, 3}, {3, 1, 2}});
  auto const model = kindred::fit(slope_one<constant>{.min_shared = 1}, data).model;
  CHECK(kindred::score_of(model, user_id{3}, item_id{2}) == doctest::Approx(11.0 / 3));
}

TEST_CASE_TEMPLATE("slope_one: agrees with the formula, pointwise and in ranges", T, float, double) {
  auto const data = support::random_ratings<T>(25, 20, 0.3, 41);
  for (index_t const min_shared : {1u, 3u}) {
    auto const model = kindred::fit(slope_one<constant>{.min_shared = min_shared, .base = {.value = 3}}, data).model;
    for (index_t u = 0; u != 25; ++u) {
      auto const found = support::scores(model, user_id{u}, support::first_items(20));
      std::vector<T> range(20);
      model.score_range(user_id{u}, item_id{0}, range);
      for (index_t i = 0; i != 20; ++i) {
        CHECK(found[i] == doctest::Approx(twin(data, min_shared, 3, u, i)).epsilon(1e-5));
        CHECK(range[i] == found[i]);
      }
      CHECK(support::is_pointwise(model, user_id{u}, support::first_items(22)));
    }
  }
}

TEST_CASE("slope_one: few candidates are those that share the most users") {
  // Item 1 shares two users with item 0, item 2 one.
  auto const data = support::ratings_of<double>({{0, 0, 1}, {0, 1, 2}, {1, 0, 1}, {1, 1, 3}, {1, 2, 5}, {2, 0, 4}});
  auto const model = kindred::fit(slope_one<constant>{.candidates = 1, .min_shared = 1}, data).model;
  CHECK(model.between(item_id{0}, item_id{1}).first == 2);
  CHECK(model.between(item_id{0}, item_id{2}).first == 0);
}

TEST_CASE("slope_one: the base answers for who and what is not known; any order of tasks") {
  auto const data = support::random_ratings<float>(40, 300, 0.1, 42);
  auto const model = kindred::fit(slope_one<>{}, data).model;
  CHECK(!model.knows(user_id{40}));
  CHECK(!model.knows(item_id{300}));
  CHECK(kindred::score_of(model, user_id{99}, item_id{3}) == kindred::score_of(model.base(), user_id{99}, item_id{3}));
  CHECK(kindred::score_of(model, user_id{0}, item_id{999}) ==
        kindred::score_of(model.base(), user_id{0}, item_id{999}));
  support::reversed reversed;
  support::shuffled shuffled;
  CHECK(kindred::fit(slope_one<>{}, data, reversed).model == model);
  CHECK(kindred::fit(slope_one<>{}, data, shuffled).model == model);
  CHECK(kindred::score_of(kindred::fit(slope_one<>{}, kindred::ratings<float>{}).model, user_id{0}, item_id{0}) == 0);
}

TEST_CASE("slope_one: what is refused") {
  auto const data = support::ratings_of<float>({{0, 0, 1}, {3, 2, -3e38}});
  auto const none = support::error_of([&] { static_cast<void>(kindred::fit(slope_one<>{.candidates = 0}, data)); });
  CHECK(support::says(none, "slope_one: candidates = 0"));
  auto const huge = support::error_of([&] { static_cast<void>(kindred::fit(slope_one<constant>{}, data)); });
  CHECK(huge.kind() == kindred::error_kind::numeric);
  CHECK(support::says(huge, "user 3 rated item 2"));
}
