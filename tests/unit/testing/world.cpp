// SPDX-License-Identifier: BSL-1.0
#include "shop.hpp"

#include <kindred/testing/world.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace testing = kindred::testing;
using kindred::item_id;
using kindred::user_id;

namespace {

// One person and one product that suits them by `match`, with nothing else to their credit.
testing::world one_by_one(float match, double noise) {
  testing::world w;
  w.settings.noise = noise;
  w.people.resize(1);
  w.products.resize(1);
  w.people[0].taste = {match};
  w.products[0].appeal = {1};
  return w;
}

}  // namespace

TEST_CASE("world: the opinion is the sum that it says it is") {
  auto w = one_by_one(0.5f, 0.7);
  w.people[0].generosity = 0.25f;
  w.products[0].quality = -0.5f;
  CHECK(w.match(user_id{0}, item_id{0}) == 0.5);
  CHECK(w.opinion(user_id{0}, item_id{0}) == doctest::Approx(3.05 + 0.25 - 0.5 + 0.7 * 0.5));
}

TEST_CASE("world: without a mood the truth is the rounded opinion, kept in 1 ... 5") {
  CHECK(one_by_one(0, 0).truth(user_id{0}, item_id{0}) == 3);   // 3.05
  CHECK(one_by_one(1, 0).truth(user_id{0}, item_id{0}) == 4);   // 3.75
  CHECK(one_by_one(9, 0).truth(user_id{0}, item_id{0}) == 5);   // 9.35
  CHECK(one_by_one(-9, 0).truth(user_id{0}, item_id{0}) == 1);  // -3.25
}

TEST_CASE("world: the truth is the mean of the ratings that the mood makes") {
  // A slow twin: the expectation summed over a fine grid of the mood z, weighted by the normal density.
  for (float match : {-3.f, -1.f, 0.f, 0.4f, 2.f, 4.f})
    for (double noise : {0.1, 0.7, 3.0}) {
      auto const w = one_by_one(match, noise);
      long double sum = 0, mass = 0;
      for (int k = -80000; k <= 80000; ++k) {
        double const z = k / 10000.0;
        long double const density = std::exp(-z * z / 2);
        double const rounded = std::floor(w.opinion(user_id{0}, item_id{0}) + noise * z + 0.5);
        sum += density * static_cast<long double>(rounded < 1 ? 1 : rounded > 5 ? 5 : rounded);
        mass += density;
      }
      CHECK(w.truth(user_id{0}, item_id{0}) == doctest::Approx(static_cast<double>(sum / mass)).epsilon(1e-4));
    }
}

TEST_CASE("world: entities are products, then categories, departments, brands and styles") {
  auto const& w = shop();
  CHECK(w.entity_count() == 1000 + 16 + 6 + 32 + 8);
  CHECK(w.entity_name(17) == w.product_name(item_id{17}));
  CHECK(w.entity_name(1000) == "lighting");
  CHECK(w.entity_name(1000 + 16) == "Home");
  CHECK(w.entity_name(1000 + 16 + 6) == testing::words::brands.front());
  CHECK(w.entity_name(1000 + 16 + 6 + 32) == "classic");
  CHECK(w.entity_name(w.entity_count() - 1) == "natural");
}

TEST_CASE("world: match has a mean near 0 and a variance near 1.3 over all pairs") {
  double sum = 0, squares = 0;
  for (kindred::index_t u = 0; u != 2000; ++u)
    for (kindred::index_t i = u % 20; i < 1000; i += 20) {
      double const m = shop().match(user_id{u}, item_id{i});
      sum += m;
      squares += m * m;
    }
  CHECK(std::abs(sum / 100000) < 0.15);
  CHECK(squares / 100000 == doctest::Approx(1.3).epsilon(0.1));
}

TEST_CASE_TEMPLATE("world: a table holds the events of one kind, in order of time", T, float, double) {
  auto const table = shop().template table<T>(testing::event_kind::purchase);
  CHECK(table.size() == count_of(shop(), testing::event_kind::purchase));
  CHECK(table.timed());
  CHECK(std::is_sorted(table.time.begin(), table.time.end()));
}
