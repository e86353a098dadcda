// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/fallback.hpp>

#include "../../support/scores.hpp"
#include "../../support/table_scorer.hpp"

#include <doctest/doctest.h>

#include <vector>

using kindred::fallback;
using kindred::item_id;
using kindred::user_id;
using support::table_scorer;

static_assert(kindred::predictor<fallback<table_scorer<float, true>, table_scorer<float, true>>>);
static_assert(kindred::scorer<fallback<table_scorer<float>, table_scorer<float, true>>>);
static_assert(!kindred::predictor<fallback<table_scorer<float>, table_scorer<float, true>>>);
static_assert(!kindred::predictor<fallback<table_scorer<float, true>, table_scorer<float>>>);

TEST_CASE_TEMPLATE("fallback: the first part that knows the user, the last when none does", T, float, double) {
  table_scorer<T> const first{.value = {1, 2, 3}, .users = 1};
  table_scorer<T> const second{.value = {10, 20, 30}, .users = 2};
  table_scorer<T> const last{.value = {100, 200, 300}, .users = 0};
  fallback const model{first, second, last};
  auto const said = [&](kindred::index_t u) { return support::scores(model, user_id{u}, support::first_items(3)); };
  CHECK(said(0) == first.value);
  CHECK(said(1) == second.value);
  CHECK(said(2) == last.value);
  CHECK(model.serving(user_id{0}) == 0);
  CHECK(model.serving(user_id{1}) == 1);
  CHECK(model.serving(user_id{2}) == 2);
  CHECK(model.knows(user_id{1}));
  CHECK(!model.knows(user_id{2}));
  CHECK(model.template part<1>().value == second.value);
  CHECK(support::is_pointwise(model, user_id{1}, support::first_items(300)));
}

TEST_CASE("fallback: knows what any part knows") {
  table_scorer<float> const first{.value = {1, 2}, .users = 1, .known = {1, 0}, .neutral = -1};
  table_scorer<float> const second{.value = {10, 20, 30}, .users = 2, .known = {0, 1, 0}};
  fallback const model{first, second};
  CHECK(model.knows(item_id{0}));
  CHECK(model.knows(item_id{1}));
  CHECK(!model.knows(item_id{2}));
  CHECK(kindred::score_of(model, user_id{0}, item_id{1}) == -1);  // the one that serves does not know it
}

TEST_CASE("fallback: of one part, and of fallbacks") {
  table_scorer<float> const only{.value = {7}, .users = 1};
  fallback const one{only};
  CHECK(one.serving(user_id{5}) == 0);
  CHECK(kindred::score_of(one, user_id{5}, item_id{0}) == 7);
  table_scorer<float> const other{.value = {9}, .users = 3};
  fallback const nested{one, fallback{other, only}};
  CHECK(kindred::score_of(nested, user_id{0}, item_id{0}) == 7);
  CHECK(kindred::score_of(nested, user_id{2}, item_id{0}) == 9);
  CHECK(nested.serving(user_id{2}) == 1);
}
