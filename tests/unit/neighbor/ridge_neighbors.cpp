// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/ridge_neighbors.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"

#include <kindred/factor/ease.hpp>
#include <kindred/neighbor/neighbor_source.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/similarity/weighting/column_degree.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <type_traits>

using kindred::index_t;
using kindred::item_id;
using kindred::ridge_neighbors;
using kindred::user_id;

static_assert(kindred::neighbor_source<ridge_neighbors, float, item_id> &&
              kindred::neighbor_source<ridge_neighbors, double, user_id>);

TEST_CASE_TEMPLATE("ridge_neighbors: two items, by hand", T, float, double) {
  // Both users have item 0, one has item 1: X'X = [2 1; 1 1], and with lambda 1, [3 1; 1 2], whose inverse is [2 -1; -1 3] / 5.
  // Item 0 is explained by item 1 with weight 1/2, item 1 by item 0 with 1/3. Nobody has item 2.
  auto const data = support::ratings_of<T>({{0, 0, 1}, {0, 1, 1}, {1, 0, 1}}, {.users = 2, .items = 3});
  kindred::sequential here;
  auto const lists = ridge_neighbors{.regularization = 1, .tolerance = 1e-6}.nearest<item_id>(data, {}, here);
  REQUIRE(lists.size() == 2);
  CHECK(lists.of(0)[0].id == 1);
  CHECK(lists.of(0)[0].value == doctest::Approx(0.5));
  CHECK(lists.of(1)[0].value == doctest::Approx(1.0 / 3));
  // Item 0 has two users: (1/3 / 2)^2.
  auto const powers =
      ridge_neighbors{.regularization = 1, .to = 1, .power = 2, .tolerance = 1e-6}.nearest<item_id>(data, {}, here);
  CHECK(powers.of(1)[0].value == doctest::Approx(1.0 / 36));
}

TEST_CASE_TEMPLATE("ridge_neighbors: the weights of ease above zero, the same bits in any order", T, float, double) {
  constexpr index_t items = 70;  // three blocks of lanes
  auto const data = support::ratings_of<T>(support::random_list(60, items, 0.1, 3), {.users = 60, .items = items});
  double const close = std::is_same_v<T, float> ? 1e-4 : 1e-10;
  ridge_neighbors const how{.regularization = 20, .tolerance = close / 100};
  kindred::sequential here;
  auto const lists = how.nearest<item_id>(data, {.keep = items}, here);
  kindred::check_neighbors(lists, items);
  support::reversed other;
  CHECK(lists == how.nearest<item_id>(data, {.keep = items}, other));

  auto const dense = kindred::fit(kindred::ease{.regularization = 20}, data).model;
  double worst = 0;
  for (index_t i = 0; i != items; ++i) {
    double found = 0, there = 0;
    for (auto const& one : lists.of(i)) {
      worst = std::fmax(worst, std::abs(static_cast<double>(one.value - dense.weight(item_id{one.id}, item_id{i}))));
      found += static_cast<double>(one.value);
    }
    for (index_t j = 0; j != items; ++j)
      there += std::fmax(0.0, static_cast<double>(dense.weight(item_id{j}, item_id{i})));
    worst = std::fmax(worst, std::abs(found - there));
  }
  CHECK(worst < close);
  auto const few = how.nearest<item_id>(data, {.keep = 3}, here);
  for (index_t i = 0; i != items; ++i) {
    REQUIRE(few.of(i).size() == (lists.of(i).size() < 3 ? lists.of(i).size() : 3));
    for (std::size_t k = 0; k != few.of(i).size(); ++k) CHECK(few.of(i)[k] == lists.of(i)[k]);
  }
}

TEST_CASE("ridge_neighbors: through is a weighting of the events") {
  auto const data = support::ratings_of<double>(support::random_list(40, 25, 0.2, 5), {.users = 40, .items = 25});
  kindred::sequential here;
  ridge_neighbors how{.regularization = 3, .tolerance = 1e-12};
  auto const twin = how.nearest<user_id>(kindred::column_degree{.power = 0.2}.prepare<user_id>(data), {}, here);
  how.through = 0.4;
  auto const lists = how.nearest<user_id>(data, {}, here);
  REQUIRE(lists.size() == twin.size());
  for (index_t u = 0; u != 40; ++u)
    for (std::size_t k = 0; k != lists.of(u).size(); ++k) {
      CHECK(lists.of(u)[k].id == twin.of(u)[k].id);
      CHECK(lists.of(u)[k].value == doctest::Approx(twin.of(u)[k].value));
    }
}

TEST_CASE("ridge_neighbors: rows that are solved early wait for the others, however little regularization there is") {
  // Items 0 to 2 have two users of their own and next to no value: three steps, and then rounding. The others take many.
  auto facts = support::random_list(60, 20, 0.3, 3);
  for (auto& one : facts) one.item += 3;
  for (index_t i = 0; i != 3; ++i) {
    facts.push_back({60, i, 1e-3 * (i + 1)});
    facts.push_back({61, i, 7e-4 / (i + 1)});
  }
  auto const data = support::ratings_of<float>(facts, {.users = 62, .items = 23});
  kindred::sequential here;
  for (double const tolerance : {1e-3, 0.0}) {
    auto const lists =
        ridge_neighbors{.regularization = 1e-6, .tolerance = tolerance}.nearest<item_id>(data, {.keep = 5}, here);
    kindred::check_neighbors(lists, 23);
    CHECK(lists.of(1).size() == 2);
    CHECK(lists.of(3).size() == 5);
  }
}

TEST_CASE("ridge_neighbors: what it refuses, and of nothing") {
  kindred::sequential here;
  auto const find = [&](ridge_neighbors const& how, float value) {
    auto const data = support::ratings_of<float>({{0, 0, value}, {0, 1, value}});
    return how.nearest<user_id>(data, {}, here);
  };
  auto const refused = [&](ridge_neighbors const& how, float value = 1) {
    return support::error_of([&] { (void)find(how, value); });
  };
  CHECK(support::says(refused({.regularization = 0}), "regularization = 0"));
  CHECK(support::says(refused({.through = -1}), "through = -1"));
  CHECK(support::says(refused({.power = 0}), "power = 0"));
  CHECK(support::says(refused({.steps = 0}), "steps = 0"));
  CHECK(refused({}, 1e30f).kind() == kindred::error_kind::numeric);
  CHECK(find({}, 0).size() == 0);
  CHECK(ridge_neighbors{}.nearest<item_id>(support::ratings_of<float>({}), {}, here).rows() == 0);
}
