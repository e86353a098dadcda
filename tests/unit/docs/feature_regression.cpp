// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/linear/feature_regression.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <array>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

TEST_CASE("a linear model of features recommends") {
  kindred::feature_table<user_id> people;
  kindred::feature_table<item_id> things;
  kindred::rating_table<float> said;
  for (index_t u = 0; u != 20; ++u) people.about(user_id{u}).category("age", u % 2 == 0 ? "young" : "old");
  for (index_t i = 0; i != 20; ++i) things.about(item_id{i}).category("price", i % 2 == 0 ? "cheap" : "dear");
  for (index_t u = 0; u != 20; ++u)
    for (index_t i = 0; i != 15; ++i) said.add(user_id{u}, item_id{i}, u % 2 == i % 2 ? 1.0f : 0.0f);
  auto const clicked = kindred::ratings<float>::from(said);

  // [use]
  kindred::pair_features<float> const about{kindred::user_features<float>::from(people),
                                            kindred::item_features<float>::from(things)};
  using clicks = kindred::feature_regression<float, kindred::logistic_regression<>>;
  auto const model = kindred::fit(clicks{about}, clicked).model;
  std::array<kindred::scored_item<float>, 3> best;
  auto const count = kindred::top_n(model, user_id{4}, kindred::all_items{20}, best);
  // [/use]

  REQUIRE(count == 3);
  for (auto const& one : best) {
    CHECK(to_index(one.item) % 2 == 0);  // what is cheap, for the young
    CHECK(one.value > 0.5f);
  }
}
