// SPDX-License-Identifier: BSL-1.0
#include "shop.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace testing = kindred::testing;

TEST_CASE("generate_impressions: each is of somebody, something, somewhere, some time") {
  auto const& w = shop();
  CHECK(static_cast<double>(w.impressions.size()) / 2000 == doctest::Approx(20).epsilon(0.25));
  CHECK(std::is_sorted(w.impressions.begin(), w.impressions.end(),
                       [](auto const& a, auto const& b) { return a.time < b.time; }));
  for (auto const& shown : w.impressions) {
    REQUIRE(w.people[to_index(shown.user)].activity > 0);
    REQUIRE(w.products[to_index(shown.item)].popularity > 0);
    REQUIRE(shown.time >= w.people[to_index(shown.user)].joined);
    REQUIRE(shown.time >= w.products[to_index(shown.item)].launched);
    REQUIRE(shown.slot < testing::ad_slots.size());
    REQUIRE(shown.device < testing::devices.size());
    REQUIRE(shown.hour == (shown.time - testing::world_begin) % testing::day / testing::hour);
    REQUIRE((shown.probability > 0 && shown.probability < 1));
  }
}

TEST_CASE("generate_impressions: as many are clicked as their probabilities say, in every tenth") {
  auto shown = shop().impressions;
  std::sort(shown.begin(), shown.end(), [](auto const& a, auto const& b) { return a.probability < b.probability; });
  for (std::size_t tenth = 0; tenth != 10; ++tenth) {
    double clicks = 0, expected = 0, variance = 0;
    for (std::size_t k = shown.size() * tenth / 10; k != shown.size() * (tenth + 1) / 10; ++k) {
      auto const p = static_cast<double>(shown[k].probability);
      clicks += shown[k].clicked ? 1 : 0;
      expected += p;
      variance += p * (1 - p);
    }
    CAPTURE(tenth);
    CHECK(std::abs(clicks - expected) < 3.5 * std::sqrt(variance));
    if (tenth == 0) CHECK(expected * 10 / static_cast<double>(shown.size()) < 0.015);
    if (tenth == 9) CHECK(expected * 10 / static_cast<double>(shown.size()) > 0.15);
  }
}

TEST_CASE("generate_impressions: the log-odds are the sum that they say they are") {
  testing::world w;
  w.people.resize(1);
  w.products.resize(1);
  w.people[0].taste = {2};
  w.products[0].appeal = {1};
  w.products[0].quality = 0.25f;
  testing::impression shown{};
  shown.slot = 3;    // search
  shown.device = 2;  // desktop
  shown.hour = 19;
  CHECK(testing::detail::click_log_odds(w, shown) == doctest::Approx(-3.4 + 0.9 - 0.2 + 0.3 + 0.7 * 2 + 0.25));
  shown.hour = 9;
  CHECK(testing::detail::click_log_odds(w, shown) == doctest::Approx(-3.4 + 0.9 - 0.2 + 0.7 * 2 + 0.25));
}
