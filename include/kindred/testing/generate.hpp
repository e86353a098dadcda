// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/generate_events.hpp>
#include <kindred/testing/generate_friendships.hpp>
#include <kindred/testing/generate_impressions.hpp>
#include <kindred/testing/generate_people.hpp>
#include <kindred/testing/generate_products.hpp>
#include <kindred/testing/world.hpp>

KINDRED_BEGIN

namespace testing {

// Generates a whole social shop from a few settings, so that examples and tests need no download:
//
//   auto const shop = kindred::testing::generate({.users = 2000, .products = 1000, .seed = 7});
//   auto const data = kindred::ratings<float>::from(shop.ratings<float>(), kindred::on_duplicate::error, shop.size());
//
// Throws error{setting} when a setting is out of its range. The same settings give the same world on every machine
// whose exp, log, pow and erfc are the same; all else is + - * / sqrt and integers. Time and memory are linear in
// people, products, friendships, visits and impressions (but for sorting by time).
[[nodiscard]] inline world generate(world_settings const& settings = {}) {
  validate(settings);
  world shop;
  shop.settings = settings;
  shop.people = detail::generate_people(settings);
  shop.products = detail::generate_products(settings);
  shop.triples = detail::generate_triples(shop);
  shop.friendships = detail::generate_friendships(settings, shop.people);
  shop.events = detail::shop_year(shop).play();
  shop.impressions = detail::generate_impressions(shop);
  return shop;
}

}  // namespace testing

KINDRED_END
