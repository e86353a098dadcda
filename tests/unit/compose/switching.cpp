// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/boosted.hpp>
#include <kindred/compose/switching.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "../../support/table_scorer.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using kindred::item_id;
using kindred::user_id;
using support::table_scorer;

TEST_CASE_TEMPLATE("switching: by how much is known about a user", T, float, double) {
  auto const data = support::ratings_of<T>({{1, 0, 1}, {2, 0, 1}, {2, 1, 1}, {2, 2, 1}}, {4, 3});
  table_scorer<T> const fresh{.value = {1, 2, 3}, .users = 9};
  table_scorer<T> const light{.value = {4, 5, 6}, .users = 2};
  table_scorer<T> const heavy{.value = {7, 8}, .users = 2};
  kindred::switching model{kindred::history_levels(data, {1, 3}), fresh, light, heavy};
  auto const first = [&](kindred::index_t u) { return kindred::score_of(model, user_id{u}, item_id{0}); };
  CHECK(first(0) == 1);
  CHECK(first(1) == 4);
  CHECK(first(2) == 7);
  CHECK(first(3) == 1);
  CHECK(first(77) == 1);
  CHECK(model.serving(user_id{2}) == 2);
  CHECK(model.knows(user_id{1}));
  CHECK(!model.knows(user_id{2}));  // heavy does not
  CHECK(model.knows(item_id{2}));   // fresh does
  CHECK(support::is_pointwise(model, user_id{1}, support::first_items(300)));
}

TEST_CASE("switching: a choice of one's own, and numbers that no part has") {
  table_scorer<float, true> const a{.value = {1}}, b{.value = {2}};
  auto const by_parity = [](user_id u) noexcept { return kindred::to_index(u) % 3; };
  kindred::switching model{by_parity, a, b};
  static_assert(kindred::predictor<decltype(model)>);
  CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == 1);
  CHECK(kindred::score_of(model, user_id{1}, item_id{0}) == 2);
  CHECK(kindred::score_of(model, user_id{2}, item_id{0}) == 2);
  auto const data = support::ratings_of<float>({{0, 0, 1}});
  auto const e = support::error_of([&] { static_cast<void>(kindred::history_levels(data, {3, 3})); });
  CHECK(e.kind() == kindred::error_kind::setting);
  CHECK(support::says(e, "limit 3 comes after 3"));
}

TEST_CASE_TEMPLATE("boosted: a rule of the house on top", T, float, double) {
  table_scorer<T> const part{.value = {1, 2, 3}};
  kindred::boosted model{part, kindred::item_worth<T>({4, -2}), T{0.5}};
  CHECK(support::scores(model, user_id{0}, support::first_items(3)) == std::vector<T>{3, 1, 3});
  CHECK(model.boost(item_id{1}) == -1);
  CHECK(!kindred::predictor<decltype(model)>);
  CHECK(support::is_pointwise(model, user_id{0}, support::first_items(300)));
  auto const nan = std::numeric_limits<T>::quiet_NaN();
  CHECK(support::says(support::error_of([&] { kindred::boosted(part, kindred::item_worth<T>(std::vector<T>{}), nan); }),
                      "strength"));
  CHECK(support::says(support::error_of([&] { kindred::item_worth<T>({1, nan}); }), "item 1"));
}
