// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/testing/draw.hpp>
#include <kindred/testing/friend_lists.hpp>
#include <kindred/testing/world.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bench {

// What nobody in a generated world can know: how often somebody is expected to buy a product, from the rules by which the
// world is played (testing/generate_events.hpp), the person's true taste, and all that friends buy in the whole year, before
// or after. Left out are looks at accessories of what is owned (8 of 100); what is left beside them is the dice, so that no
// recommender that has not yet seen the person buy ranks much better.
class purchase_oracle {
public:
  using value_type = float;

  explicit purchase_oracle(kindred::testing::world const& shop)
      : shop_(&shop), friends_(shop), met_(shop.products.size()), bought_(shop.people.size()) {
    double all = 0;
    for (auto const& p : shop.products) all += static_cast<double>(p.popularity);
    for (std::size_t i = 0; i != met_.size(); ++i) met_[i] = static_cast<double>(shop.products[i].popularity) / all;
    for (auto const& e : shop.events)
      if (e.kind == kindred::testing::event_kind::purchase) bought_[kindred::to_index(e.user)].push_back(e.item);
  }

  bool knows(kindred::user_id u) const noexcept { return kindred::to_index(u) < shop_->people.size(); }
  bool knows(kindred::item_id i) const noexcept { return kindred::to_index(i) < shop_->products.size(); }

  void score(kindred::user_id u, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = static_cast<float>(expected(u, items[k]));
  }

  // Relative to other products of the same person.
  double expected(kindred::user_id u, kindred::item_id i) const noexcept {
    double const friendly = shop_->settings.influence;
    double const looks = (1 - friendly) * suits(u, i) + friendly * friends_have(u, i);
    double const z = shop_->opinion(u, i) - kindred::testing::middling_opinion;
    using kindred::testing::detail::logistic;
    return looks * logistic(-1.1 + 0.4 * z) * logistic(0.7 + 0.2 * z);
  }

private:
  // Of two products that are met the one with more of match + luck, the luck evenly from 0 to 2 each. One that is not yet
  // on sale loses.
  double suits(kindred::user_id u, kindred::item_id i) const noexcept {
    std::size_t const a = kindred::to_index(i);
    double const mine = shop_->match(u, i);
    double chance = 0;
    for (std::size_t b = 0; b != met_.size(); ++b) {
      double const lead = mine - shop_->match(u, kindred::item_id{static_cast<kindred::index_t>(b)});
      chance += met_[b] * (b == a ? 0.5 : (1 - on_sale(u, b)) + on_sale(u, b) * wins(lead));
    }
    return 2 * met_[a] * on_sale(u, a) * chance;
  }

  // That lead + the difference of two lucks is positive: triangular from -2 to 2.
  static double wins(double lead) noexcept {
    if (lead >= 2) return 1;
    if (lead <= -2) return 0;
    double const rest = 2 - std::abs(lead);
    return lead > 0 ? 1 - rest * rest / 8 : rest * rest / 8;
  }

  // For which share of somebody's time here a product can be had.
  double on_sale(kindred::user_id u, std::size_t i) const noexcept {
    auto const begin = shop_->people[kindred::to_index(u)].joined, launched = shop_->products[i].launched;
    if (launched <= begin) return 1;
    auto const end = kindred::testing::world_end;
    return launched >= end ? 0 : static_cast<double>(end - launched) / static_cast<double>(end - begin);
  }

  double friends_have(kindred::user_id u, kindred::item_id i) const noexcept {
    auto const friends = friends_.of(u);
    double share = 0;
    for (auto const f : friends) {
      auto const& theirs = bought_[kindred::to_index(f)];
      std::size_t same = 0;
      for (auto const item : theirs) same += item == i ? 1u : 0u;
      if (same != 0) share += static_cast<double>(same) / static_cast<double>(theirs.size());
    }
    return friends.empty() ? 0 : share / static_cast<double>(friends.size());
  }

  kindred::testing::world const* shop_;
  kindred::testing::friend_lists friends_;
  std::vector<double> met_;
  std::vector<std::vector<kindred::item_id>> bought_;
};

}  // namespace bench
