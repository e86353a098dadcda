// SPDX-License-Identifier: BSL-1.0
#include "shop.hpp"

#include <kindred/data/ratings.hpp>
#include <kindred/testing/friend_lists.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace testing = kindred::testing;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using testing::event_kind;

namespace {

// The share of all that the largest fifth has.
double top_fifth(std::vector<double> counts) {
  std::sort(counts.begin(), counts.end(), std::greater<>());
  double all = 0, top = 0;
  for (std::size_t k = 0; k != counts.size(); ++k) {
    all += counts[k];
    if (k < counts.size() / 5) top += counts[k];
  }
  return top / all;
}

// Of all purchases, the fraction where a friend had bought the same before.
double followed(testing::world const& w) {
  testing::friend_lists const friends(w);
  std::map<item_id, std::set<user_id>> owners;
  double all = 0, after_a_friend = 0;
  for (auto const& e : w.events) {
    if (e.kind != event_kind::purchase) continue;
    auto const& had = owners[e.item];
    auto const mine = friends.of(e.user);
    all += 1;
    after_a_friend += std::any_of(mine.begin(), mine.end(), [&](user_id f) { return had.contains(f); }) ? 1 : 0;
    owners[e.item].insert(e.user);
  }
  return after_a_friend / all;
}

}  // namespace

TEST_CASE("generate_events: the funnel narrows, step by step") {
  auto const views = static_cast<double>(count_of(shop(), event_kind::view));
  auto const carts = static_cast<double>(count_of(shop(), event_kind::cart));
  auto const purchases = static_cast<double>(count_of(shop(), event_kind::purchase));
  auto const ratings = static_cast<double>(count_of(shop(), event_kind::rating));
  CHECK(views > 150000);
  CHECK(carts / views > 0.15);
  CHECK(carts / views < 0.4);
  CHECK(purchases / carts > 0.5);
  CHECK(purchases / carts < 0.85);
  CHECK(ratings / purchases > 0.4);
  CHECK(ratings / purchases < 0.7);
}

TEST_CASE("generate_events: nobody rates what they did not buy, nor buys what they did not look at") {
  std::map<std::pair<user_id, item_id>, std::array<bool, 4>> done;
  CHECK(std::is_sorted(shop().events.begin(), shop().events.end(),
                       [](auto const& a, auto const& b) { return a.time < b.time; }));
  for (auto const& e : shop().events) {
    auto& steps = done[{e.user, e.item}];
    auto const step = static_cast<std::size_t>(e.kind);
    if (step != 0) REQUIRE(steps[step - 1]);
    if (e.kind == event_kind::rating) {
      REQUIRE(!steps[step]);
      REQUIRE((e.value >= 1 && e.value <= 5));
      REQUIRE(e.value == std::round(e.value));
    }
    steps[step] = true;
  }
}

TEST_CASE("generate_events: ratings are sparse, from 1 to 5, most of them 4, with a long tail of items and users") {
  auto const table = shop().ratings<float>();
  auto const n = static_cast<double>(table.size());
  std::array<double, 6> stars{};
  std::vector<double> of_item(1000), of_user(2000);
  double sum = 0;
  for (std::size_t k = 0; k != table.size(); ++k) {
    stars[static_cast<std::size_t>(table.value[k])] += 1 / n;
    sum += static_cast<double>(table.value[k]);
    of_item[to_index(table.item[k])] += 1;
    of_user[to_index(table.user[k])] += 1;
  }
  double const density = n / (2000.0 * 1000.0);
  CHECK(density > 0.008);
  CHECK(density < 0.03);
  CHECK(sum / n > 3.5);
  CHECK(sum / n < 3.9);
  CHECK(stars[1] > 0.005);
  CHECK(stars[1] < stars[2]);
  CHECK(stars[2] < stars[3]);
  CHECK(stars[3] < stars[4]);
  CHECK(stars[5] < stars[4]);
  CHECK(top_fifth(of_item) > 0.5);
  CHECK(top_fifth(of_item) < 0.85);
  CHECK(top_fifth(of_user) > 0.4);
  CHECK(top_fifth(of_user) < 0.75);
}

TEST_CASE("generate_events: the truth predicts ratings far better than any constant") {
  auto const table = shop().ratings<double>();
  auto const n = static_cast<double>(table.size());
  double mean = 0, from_mean = 0, from_truth = 0, expected = 0;
  for (double const v : table.value) mean += v / n;
  for (std::size_t k = 0; k != table.size(); ++k) {
    double const truth = shop().truth(table.user[k], table.item[k]);
    from_mean += std::pow(table.value[k] - mean, 2);
    from_truth += std::pow(table.value[k] - truth, 2);
    expected += truth / n;
  }
  CHECK(std::sqrt(from_truth / n) < 0.8 * std::sqrt(from_mean / n));
  CHECK(std::sqrt(from_truth / n) ==
        doctest::Approx(0.70).epsilon(0.03));               // the mood of 0.7, rounded and cut at the ends
  CHECK(expected == doctest::Approx(mean).epsilon(0.005));  // unbiased
}

TEST_CASE("generate_events: friends' purchases lead to purchases, beyond likeness of taste") {
  // The same people, products and friendships; only the influence differs.
  auto const without = testing::generate({.users = 600, .products = 600, .seed = 2, .influence = 0});
  auto const with = testing::generate({.users = 600, .products = 600, .seed = 2, .influence = 0.25});
  REQUIRE(without.friendships == with.friendships);
  CHECK(followed(with) > followed(without) + 0.06);
}

TEST_CASE("generate_events: evenings and weekends are busy, nights are quiet") {
  std::array<double, 24> hours{};
  std::array<double, 7> days{};
  for (auto const& e : shop().events) {
    if (e.kind != event_kind::view) continue;
    hours[static_cast<std::size_t>((e.time - testing::world_begin) % testing::day / testing::hour)] += 1;
    days[static_cast<std::size_t>((e.time - testing::world_begin) % testing::week / testing::day)] += 1;
  }
  CHECK(hours[20] > 10 * hours[3]);
  CHECK(hours[12] > hours[10]);
  CHECK(days[6] > 1.3 * days[1]);
}

TEST_CASE("generate_events: the cold have no event, the others some, and the shop grows") {
  auto const& w = shop();
  std::vector<int> of_user(2000), of_item(1000);
  std::array<double, 2> half{};
  for (auto const& e : w.events) {
    ++of_user[to_index(e.user)];
    ++of_item[to_index(e.item)];
    half[e.time < testing::world_begin + 26 * testing::week ? 0 : 1] += 1;
  }
  int silent = 0, unseen = 0;
  for (index_t u = 0; u != 2000; ++u) {
    if (w.people[u].activity == 0) CHECK(of_user[u] == 0);
    silent += of_user[u] == 0 ? 1 : 0;
  }
  for (index_t i = 0; i != 1000; ++i) {
    if (w.products[i].popularity == 0) CHECK(of_item[i] == 0);
    unseen += of_item[i] == 0 ? 1 : 0;
  }
  CHECK(silent > 60);
  CHECK(silent < 200);
  CHECK(unseen > 25);
  CHECK(unseen < 120);
  CHECK(half[1] > 1.1 * half[0]);
}

TEST_CASE("generate_events: accessories are bought by those who own what they fit") {
  auto const& w = shop();
  std::set<std::pair<index_t, index_t>> fits;  // accessory, host
  for (auto const& t : w.triples)
    if (testing::relations[t.relation] == "fits") fits.insert({t.head, t.tail});
  std::map<user_id, std::set<index_t>> owned;
  double fitting = 0, by_chance = 0;
  for (auto const& e : w.events) {
    if (e.kind != event_kind::purchase) continue;
    auto const bought = to_index(e.item);
    auto const owns_host = [&](user_id u) {
      return std::any_of(owned[u].begin(), owned[u].end(), [&](index_t i) { return fits.contains({bought, i}); });
    };
    if (w.products[bought].noun >= testing::first_accessory) {
      fitting += owns_host(e.user) ? 1 : 0;
      by_chance += owns_host(user_id{(to_index(e.user) + 1000) % 2000}) ? 1 : 0;
    }
    owned[e.user].insert(bought);
  }
  CHECK(fitting > 500);
  CHECK(fitting > 1.5 * by_chance);
}
