// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/draw.hpp>
#include <kindred/testing/rhythm.hpp>
#include <kindred/testing/world.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

KINDRED_BEGIN

namespace testing::detail {

// The log-odds of a click, the whole truth of it: a constant, what the slot, the device and the evening add, how well
// the product suits the person's taste, and how good it is. Linear in these, so that a logistic regression that is told
// them finds these numbers again.
[[nodiscard]] inline double click_log_odds(world const& shop, impression const& shown) noexcept {
  constexpr std::array<double, ad_slots.size()> of_slot = {-0.7, -0.3, 0.2, 0.9};
  constexpr std::array<double, devices.size()> of_device = {0.2, 0, -0.2};
  return -3.4 + of_slot[shown.slot] + of_device[shown.device] + (shown.hour >= 18 && shown.hour < 23 ? 0.3 : 0) +
         0.7 * shop.match(shown.user, shown.item) + static_cast<double>(shop.products[to_index(shown.item)].quality);
}

// Advertisements: to each person who is not cold some number around s.impressions, of products drawn by the square root
// of popularity, without regard to taste - as if in a randomized trial. The young are more on the phone.
[[nodiscard]] inline std::vector<impression> generate_impressions(world const& shop) {
  std::vector<double> weight;
  weight.reserve(shop.products.size());
  for (product const& p : shop.products) weight.push_back(std::sqrt(static_cast<double>(p.popularity)));
  alias_table const advertised(weight);
  std::vector<impression> all;
  if (advertised.empty()) return all;

  for (index_t u = 0; u != shop.people.size(); ++u) {
    person const& p = shop.people[u];
    if (!(p.activity > 0)) continue;
    random_stream random = stream_of(shop.settings.seed, purpose::impressions, u);
    std::uint32_t const count = about(random, shop.settings.impressions * 2 * unit(random));
    for (std::uint32_t k = 0; k != count; ++k) {
      impression shown{};
      shown.time = time_after(random, p.joined);
      shown.user = user_id{u};
      shown.item = item_id{advertised.draw(random)};
      shown.slot = static_cast<std::uint8_t>(below(random, static_cast<std::uint32_t>(ad_slots.size())));
      double const at = unit(random);
      shown.device = at < 0.75 - p.age / 150.0 ? 0 : at < 0.85 - p.age / 150.0 ? 1 : 2;
      shown.hour = static_cast<std::uint8_t>((shown.time - world_begin) % day / hour);
      double const probability = logistic(click_log_odds(shop, shown));
      shown.probability = static_cast<float>(probability);
      shown.clicked = chance(random, probability);
      if (shop.products[to_index(shown.item)].launched <= shown.time) all.push_back(shown);
    }
  }
  std::sort(all.begin(), all.end(), [](impression const& a, impression const& b) {
    return std::tie(a.time, a.user, a.item) < std::tie(b.time, b.user, b.item);
  });
  return all;
}

}  // namespace testing::detail

KINDRED_END
