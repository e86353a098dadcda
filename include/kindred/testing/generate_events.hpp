// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/draw.hpp>
#include <kindred/testing/friend_lists.hpp>
#include <kindred/testing/rhythm.hpp>
#include <kindred/testing/world.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

KINDRED_BEGIN

namespace testing::detail {

// The year in the shop, played visit by visit in order of time, so that whoever looks around can meet what friends have
// bought before. On a visit a person looks at about three products; a look may lead into the cart, to the till, and
// days later to a rating. With z = opinion - middling_opinion:
//
//   look      at a purchase of a friend (by settings.influence), at an accessory of something owned (0.08), else at
//             the one of two products, met by popularity, that suits the taste better, with some luck
//   cart      logistic(-1.1 + 0.4 z) of the looks
//   purchase  logistic(0.7 + 0.2 z) of the carts
//   rating    0.6 of the first purchases of a product, whatever it will say: far more than real shops see, so that a
//             small world can be learned from
//
// What is owned is not bought again, except consumables. The randomness of a visit is a function of (seed, user, number
// of the visit); what it meets depends on the whole world before it. O(visits log visits).
class shop_year {
public:
  explicit shop_year(world const& shop)
      : shop_(shop), friends_(shop), bought_(shop.people.size()), accessories_(shop.products.size()) {
    std::vector<double> weight;
    weight.reserve(shop.products.size());
    for (product const& p : shop.products) weight.push_back(static_cast<double>(p.popularity));
    popular_ = alias_table(weight);
    for (triple const& t : shop.triples)
      if (relations[t.relation] == "fits" && weight[t.head] > 0) accessories_[t.tail].push_back(item_id{t.head});
  }

  [[nodiscard]] std::vector<event> play() {
    if (popular_.empty()) return {};
    for (visit const& v : visits()) look_around(v);
    std::sort(events_.begin(), events_.end(), [](event const& a, event const& b) {
      return std::tie(a.time, a.user, a.item, a.kind) < std::tie(b.time, b.user, b.item, b.kind);
    });
    return std::move(events_);
  }

private:
  struct visit {
    std::int64_t time;
    index_t user;
    std::uint32_t number;
  };
  struct owned {
    item_id item;
    std::int64_t time;
  };
  static constexpr item_id nothing{index_limit};

  [[nodiscard]] std::vector<visit> visits() const {
    std::vector<visit> all;
    for (index_t u = 0; u != shop_.people.size(); ++u) {
      person const& p = shop_.people[u];
      random_stream random = stream_of(shop_.settings.seed, purpose::visits, u);
      std::uint32_t const count = p.activity > 0 ? about(random, static_cast<double>(p.activity)) : 0;
      for (std::uint32_t k = 0; k != count; ++k) all.push_back({time_after(random, p.joined), u, k});
    }
    std::sort(all.begin(), all.end(), [](visit const& a, visit const& b) {
      return std::tie(a.time, a.user, a.number) < std::tie(b.time, b.user, b.number);
    });
    return all;
  }

  void look_around(visit const& v) {
    random_stream random = stream_of(shop_.settings.seed, purpose::visit, std::uint64_t{v.user} << 32 | v.number);
    std::int64_t now = v.time;
    for (int looks = 0; looks != 12; ++looks) {
      item_id const i = choose(random, user_id{v.user}, now);
      if (i != nothing) now = look(random, user_id{v.user}, i, now);
      if (chance(random, 0.33)) return;
    }
  }

  [[nodiscard]] item_id choose(random_stream& random, user_id u, std::int64_t now) const noexcept {
    double const why = unit(random);
    item_id found = nothing;
    if (why < shop_.settings.influence) found = what_a_friend_bought(random, u, now);
    else if (why > 0.92) found = what_fits(random, u, now);
    return found != nothing ? found : what_suits(random, u, now);
  }

  [[nodiscard]] item_id what_a_friend_bought(random_stream& random, user_id u, std::int64_t now) const noexcept {
    auto const friends = friends_.of(u);
    if (friends.empty()) return nothing;
    return drawn(random, bought_[to_index(friends[below(random, static_cast<std::uint32_t>(friends.size()))])], now);
  }

  [[nodiscard]] item_id what_fits(random_stream& random, user_id u, std::int64_t now) const noexcept {
    item_id const mine = drawn(random, bought_[to_index(u)], now);
    if (mine == nothing || accessories_[to_index(mine)].empty()) return nothing;
    auto const& fitting = accessories_[to_index(mine)];
    item_id const i = fitting[below(random, static_cast<std::uint32_t>(fitting.size()))];
    return shop_.products[to_index(i)].launched <= now ? i : nothing;
  }

  [[nodiscard]] item_id what_suits(random_stream& random, user_id u, std::int64_t now) const noexcept {
    item_id best = nothing;
    double highest = 0;
    for (int k = 0; k != 2; ++k) {
      item_id const i{popular_.draw(random)};
      double const luck = 2 * unit(random);
      if (shop_.products[to_index(i)].launched > now) continue;
      double const suits = shop_.match(u, i) + luck;
      if (best != nothing && suits <= highest) continue;
      best = i;
      highest = suits;
    }
    return best;
  }

  // One of the purchases that have arrived by now; nothing when the one drawn is still on its way.
  [[nodiscard]] static item_id drawn(random_stream& random, std::vector<owned> const& bought,
                                     std::int64_t now) noexcept {
    if (bought.empty()) return nothing;
    owned const& one = bought[below(random, static_cast<std::uint32_t>(bought.size()))];
    return one.time <= now ? one.item : nothing;
  }

  // A look and what follows from it. Returns when the person looks on.
  std::int64_t look(random_stream& random, user_id u, item_id i, std::int64_t now) {
    product const& p = shop_.products[to_index(i)];
    double const interest = unit(random), patience = unit(random);
    auto const seconds = static_cast<std::int64_t>(5 + 120 * interest * patience);
    record(now, u, i, static_cast<double>(seconds), event_kind::view);
    now += seconds;

    auto& mine = bought_[to_index(u)];
    bool const owns = std::any_of(mine.begin(), mine.end(), [&](owned const& o) { return o.item == i; });
    if (owns && !(categories[p.category].consumable && p.noun < first_accessory)) return now;
    double const opinion = shop_.opinion(u, i);
    double const z = opinion - middling_opinion;
    if (!chance(random, logistic(-1.1 + 0.4 * z))) return now;
    double const pieces = p.price < 50 && chance(random, 0.2) ? 2 : 1;
    record(now, u, i, pieces, event_kind::cart);

    if (!chance(random, logistic(0.7 + 0.2 * z))) return now + 5;
    std::int64_t const paid =
        now + 60 + static_cast<std::int64_t>(chance(random, 0.8) ? 600 * unit(random) : 48 * hour * unit(random));
    if (!record(paid, u, i, p.price * pieces, event_kind::purchase)) return now + 5;
    mine.push_back({i, paid});

    if (!owns && chance(random, 0.6)) {
      double const stars = std::clamp(std::floor(opinion + shop_.settings.noise * normal(random) + 0.5), 1.0, 5.0);
      double const shipping = unit(random), leisure = unit(random);
      auto const delay = static_cast<std::int64_t>((1 + 20 * shipping * leisure) * day);
      record(paid + delay, u, i, stars, event_kind::rating);
    }
    return now + 5;
  }

  // What would happen after the end of the year is not recorded.
  bool record(std::int64_t time, user_id u, item_id i, double value, event_kind kind) {
    if (time >= world_end) return false;
    events_.push_back({time, u, i, static_cast<float>(value), kind});
    return true;
  }

  world const& shop_;
  friend_lists friends_;
  std::vector<std::vector<owned>> bought_;
  std::vector<std::vector<item_id>> accessories_;
  alias_table popular_;
  std::vector<event> events_;
};

}  // namespace testing::detail

KINDRED_END
