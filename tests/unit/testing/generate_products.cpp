// SPDX-License-Identifier: BSL-1.0
#include "shop.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace testing = kindred::testing;

TEST_CASE("generate_products: each has a name of its own, a description and a price") {
  std::set<std::string> names;
  for (auto const& p : shop().products) {
    CHECK(names.insert(p.name).second);
    auto const& c = testing::categories[p.category];
    REQUIRE(p.name.find(c.nouns[p.noun]) != std::string::npos);
    REQUIRE(p.description.find(c.nouns[p.noun]) != std::string::npos);
    REQUIRE(p.description.ends_with('.'));
    REQUIRE(p.price > 0);
    double const cents = p.price * 100;
    REQUIRE(cents == doctest::Approx(std::round(cents)));
    REQUIRE((p.launched >= testing::world_begin && p.launched < testing::world_end));
    double length = 0;
    for (float const a : p.appeal) length += static_cast<double>(a) * static_cast<double>(a);
    REQUIRE(length == doctest::Approx(1));
  }
}

TEST_CASE("generate_products: prices look like prices in a shop") {
  CHECK(testing::detail::shop_price(4.12) == 4.19);
  CHECK(testing::detail::shop_price(23.4) == 23.95);
  CHECK(testing::detail::shop_price(187.2) == 188);
}

TEST_CASE("generate_products: popularity has a long tail, and quality helps") {
  std::vector<double> popularity;
  double above = 0, below = 0, good = 0, poor = 0;
  for (auto const& p : shop().products) {
    if (p.popularity == 0) continue;
    popularity.push_back(static_cast<double>(p.popularity));
    bool const is_good = p.quality > 0;
    (is_good ? good : poor) += 1;
    (is_good ? above : below) += std::log(static_cast<double>(p.popularity));
  }
  CHECK(popularity.size() == doctest::Approx(950).epsilon(0.03));  // 5 % are cold
  CHECK(above / good > below / poor + 0.3);

  // Zipf's law with exponent 0.8: from rank 5 to rank 500, popularity falls by the factor 100^0.8 = 39.8.
  std::sort(popularity.begin(), popularity.end(), std::greater<>());
  CHECK(popularity[4] / popularity[499] > 25);
  CHECK(popularity[4] / popularity[499] < 65);
}

TEST_CASE("generate_products: triples are what the products say, and accessories fit what they are made for") {
  auto const& w = shop();
  std::size_t fits = 0, accessories = 0;
  for (auto const& p : w.products) accessories += p.noun >= testing::first_accessory ? 1 : 0;
  for (auto const& t : w.triples) {
    auto const relation = testing::relations[t.relation];
    if (relation == "in_category") {
      REQUIRE(w.entity_name(t.tail) == testing::categories[w.products[t.head].category].name);
    } else if (relation == "made_by") {
      REQUIRE(w.entity_name(t.tail) == testing::words::brands[w.products[t.head].brand]);
    } else if (relation == "has_style") {
      REQUIRE(w.entity_name(t.tail) == testing::styles[w.products[t.head].style]);
    } else if (relation == "fits") {
      ++fits;
      auto const& accessory = w.products[t.head];
      auto const& host = w.products[t.tail];
      REQUIRE(accessory.category == host.category);
      REQUIRE(accessory.noun == host.noun + testing::first_accessory);
    }
  }
  CHECK(accessories == doctest::Approx(150).epsilon(0.2));
  CHECK(fits > 2 * accessories);
  CHECK(w.triples.size() == 3 * 1000 + 16 + fits);
  CHECK(
      std::is_sorted(w.triples.begin(), w.triples.end(), [](auto const& a, auto const& b) { return a.head < b.head; }));
}
