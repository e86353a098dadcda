// SPDX-License-Identifier: BSL-1.0

#include "sources.hpp"

#include <kindred/testing/generate.hpp>

#include <string>

shop_data generated(arguments const& asked) {
  auto const world = kindred::testing::generate({.users = asked.users, .products = asked.products, .seed = asked.seed});
  shop_data shop;
  shop.title = "A generated shop";
  shop.account =
      "People, friendships, products and ratings are generated from the seed " + std::to_string(asked.seed) + ".";
  shop.ratings = kindred::ratings<float>::from(world.ratings<float>(), kindred::on_duplicate::error, world.size());
  for (auto const& person : world.people) shop.people.push_back(person.name);
  for (auto const& product : world.products) shop.items.push_back(product.name);
  shop.friends.resize(world.people.size());
  for (auto const& pair : world.friendships) {
    shop.friends[kindred::to_index(pair.one)].push_back(pair.other);
    shop.friends[kindred::to_index(pair.other)].push_back(pair.one);
  }
  return shop;
}
