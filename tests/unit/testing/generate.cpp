// SPDX-License-Identifier: BSL-1.0
#include "shop.hpp"

#include <kindred/core/error.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/testing/generate.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace testing = kindred::testing;

TEST_CASE("generate: the same seed gives the same world, another seed another") {
  testing::world_settings const settings{.users = 150, .products = 80, .seed = 3};
  testing::world const shop = testing::generate(settings);
  CHECK(shop == testing::generate(settings));
  testing::world const other = testing::generate({.users = 150, .products = 80, .seed = 4});
  CHECK(shop.people != other.people);
  CHECK(shop.products != other.products);
  CHECK(shop.friendships != other.friendships);
  CHECK(shop.events != other.events);
  CHECK(shop.impressions != other.impressions);
  CHECK(shop.triples != other.triples);
}

TEST_CASE("generate: a person or product stays the same when others are added") {
  testing::world const less = testing::generate({.users = 60, .products = 40, .seed = 5});
  testing::world const more = testing::generate({.users = 90, .products = 70, .seed = 5});
  CHECK(std::equal(less.people.begin(), less.people.end(), more.people.begin()));
  CHECK(std::equal(less.products.begin(), less.products.end(), more.products.begin()));
}

TEST_CASE("generate: worlds of any size hold together") {
  for (testing::world_settings const& settings :
       {testing::world_settings{.users = 1, .products = 1}, testing::world_settings{.users = 1, .products = 50},
        testing::world_settings{.users = 50, .products = 1}, testing::world_settings{.users = 10, .products = 3},
        testing::world_settings{.users = 40, .products = 30, .visits = 0, .friends = 0, .impressions = 0},
        testing::world_settings{.users = 5, .products = 30, .friends = 1000},
        testing::world_settings{.users = 40, .products = 30, .influence = 1, .noise = 0},
        testing::world_settings{.users = 40, .products = 30, .cold_users = 1},
        testing::world_settings{.users = 40, .products = 30, .cold_products = 1},
        testing::world_settings{.users = 40, .products = 30, .cold_users = 0, .cold_products = 0}}) {
    testing::world const shop = testing::generate(settings);
    CHECK(shop.people.size() == settings.users);
    CHECK(shop.products.size() == settings.products);
    for (auto const& e : shop.events) {
      REQUIRE(to_index(e.user) < settings.users);
      REQUIRE(to_index(e.item) < settings.products);
      REQUIRE(e.time >= shop.people[to_index(e.user)].joined);
      REQUIRE(e.time >= shop.products[to_index(e.item)].launched);
      REQUIRE(e.time < testing::world_end);
    }
    for (auto const& f : shop.friendships) {
      REQUIRE(f.one < f.other);
      REQUIRE(to_index(f.other) < settings.users);
    }
    for (auto const& t : shop.triples) {
      REQUIRE(t.head < shop.entity_count());
      REQUIRE(t.relation < testing::relations.size());
      REQUIRE(t.tail < shop.entity_count());
      REQUIRE(!shop.entity_name(t.tail).empty());
    }
    auto const data = kindred::ratings<double>::from(shop.ratings<double>(), kindred::on_duplicate::error, shop.size());
    CHECK(data.size() == count_of(shop, testing::event_kind::rating));
    if (settings.visits == 0 || settings.cold_users == 1 || settings.cold_products == 1) CHECK(shop.events.empty());
    if (settings.impressions == 0 || settings.cold_users == 1 || settings.cold_products == 1)
      CHECK(shop.impressions.empty());
    if (settings.friends == 0) CHECK(shop.friendships.empty());
  }
}

TEST_CASE("generate: a setting out of range is named, with its value") {
  auto const complaint = [](testing::world_settings const& settings) -> std::string {
    try {
      static_cast<void>(testing::generate(settings));
    } catch (kindred::error const& e) {
      CHECK(e.kind() == kindred::error_kind::setting);
      return e.what();
    }
    return "";
  };
  CHECK(complaint({.users = 0}) == "world_settings.users is 0; a world has from 1 to 4294967294 of them");
  CHECK(complaint({.products = 0}) == "world_settings.products is 0; a world has from 1 to 4294967294 of them");
  CHECK(complaint({.users = 9, .cold_users = 1.5}) == "world_settings.cold_users is 1.5; it goes from 0 to 1");
  CHECK(complaint({.users = 9, .noise = -1}) == "world_settings.noise is -1; it goes from 0 to 10");
  CHECK(complaint({.users = 9, .visits = 0.0 / 0.0 * 1}).starts_with("world_settings.visits is "));
  CHECK(complaint({.users = 9, .friends = 1e9}).starts_with("world_settings.friends is 1e+09"));
  CHECK(complaint({.users = 9, .influence = 2}).starts_with("world_settings.influence is 2"));
}
