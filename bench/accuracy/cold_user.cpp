// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/world/cold_user accuracy/world/cold_user/first_clicks accuracy/world/cold_user/purchases
//
// People who have just come, in the generated world. A tenth of those with ten views or more is new: of them there is a profile (age,
// occupation, region, and who their friends here are), and then their first clicks, one, three and five views. Everybody else's
// views are there to learn from; the peer is popularity, by views.
//
// By profile: the views of people alike in it, and of friends. By clicks: what is viewed by who views the same, and what is described
// alike. Blends are of z-scores. NDCG@10 is told of two things, without what is among the five clicks. Of the fifty
// products that suit a person's taste best, which the world knows: what there is to find out about somebody. And of what
// they buy in the year, which follows what everybody meets: popularity alone is so near to that that it cannot be doubled. How
// near is printed as `ceiling`: the list of an oracle that knows the rules by which people buy, everybody's true taste and
// all that friends buy in the year (but not what accessories they will look for) is 1.1 times as good as popularity's.
// Weights and powers were chosen on worlds of seeds 11 to 13; what is printed is the mean of worlds of seeds 1 to 5.

#include "purchase_oracle.hpp"

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/normalized.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/content/content.hpp>
#include <kindred/content/neighbors_by_features.hpp>
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/implicit_user_knn.hpp>
#include <kindred/neighbor/neighbor_source.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/generate.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

namespace testing = kindred::testing;
using data_set = kindred::ratings<float>;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

constexpr std::array<std::size_t, 4> clicks{0, 1, 3, 5};

struct newcomers {
  std::array<data_set, clicks.size()> train;  // with so many clicks of theirs
  data_set bought;
  data_set suiting;  // the fifty products that suit their taste best
};

newcomers split(testing::world const& shop) {
  constexpr std::size_t most = clicks.back();
  std::vector<std::vector<index_t>> viewed(shop.people.size());  // by time, each once
  for (testing::event const& e : shop.events)
    if (e.kind == testing::event_kind::view) {
      auto& own = viewed[to_index(e.user)];
      if (std::find(own.begin(), own.end(), to_index(e.item)) == own.end()) own.push_back(to_index(e.item));
    }
  auto const is_new = [&](index_t u) {
    return viewed[u].size() >= 10 && kindred::mix(shop.settings.seed, u) % 10 == 0;
  };
  newcomers made;
  for (std::size_t c = 0; c != clicks.size(); ++c) {
    kindred::rating_table<float> rows;
    for (index_t u = 0; u != shop.people.size(); ++u)
      for (std::size_t k = 0; k != viewed[u].size() && (!is_new(u) || k != clicks[c]); ++k)
        rows.add(user_id{u}, item_id{viewed[u][k]}, 1);
    made.train[c] = data_set::from(rows, kindred::on_duplicate::error, shop.size());
  }
  kindred::rating_table<float> rows;
  for (testing::event const& e : shop.events) {
    auto const& own = viewed[to_index(e.user)];
    if (e.kind != testing::event_kind::purchase || !is_new(to_index(e.user))) continue;
    if (auto const first = own.begin() + static_cast<std::ptrdiff_t>(most);
        std::find(own.begin(), first, to_index(e.item)) == first)
      rows.add(e.user, e.item, 1);
  }
  made.bought = data_set::from(rows, kindred::on_duplicate::first, shop.size());

  kindred::rating_table<float> best;
  for (index_t u = 0; u != shop.people.size(); ++u) {
    if (!is_new(u)) continue;
    std::vector<index_t> order;
    for (index_t i = 0; i != shop.products.size(); ++i)
      if (auto const first = viewed[u].begin() + static_cast<std::ptrdiff_t>(most);
          std::find(viewed[u].begin(), first, i) == first)
        order.push_back(i);
    std::sort(order.begin(), order.end(), [&](index_t a, index_t b) {
      return shop.match(user_id{u}, item_id{a}) > shop.match(user_id{u}, item_id{b});
    });
    for (std::size_t k = 0; k != std::min<std::size_t>(50, order.size()); ++k)
      best.add(user_id{u}, item_id{order[k]}, 1);
  }
  made.suiting = data_set::from(best, kindred::on_duplicate::error, shop.size());
  return made;
}

kindred::user_features<float> profiles(testing::world const& shop) {
  kindred::feature_table<user_id> people;
  for (index_t u = 0; u != shop.people.size(); ++u) {
    auto const& p = shop.people[u];
    constexpr std::array<char const*, 6> ages{"below 25", "to 34", "to 44", "to 54", "to 64", "65 and more"};
    people.about(user_id{u})
        .category("age", ages[static_cast<std::size_t>(std::clamp((p.age - 15) / 10, 0, 5))])
        .category("occupation", testing::occupations[p.occupation])
        .category("region", testing::regions[p.region]);
  }
  people.category("region", {.weight = 0.5});
  return kindred::user_features<float>::from(people, static_cast<index_t>(shop.people.size()));
}

kindred::item_features<float> descriptions(testing::world const& shop) {
  kindred::feature_table<item_id> products;
  for (index_t i = 0; i != shop.products.size(); ++i) {
    auto const& p = shop.products[i];
    products.about(item_id{i})
        .category("category", testing::categories[p.category].name)
        .category("style", testing::styles[p.style])
        .category("brand", testing::words::brands[p.brand])
        .text("description", p.description);
  }
  products.category("style", {.weight = 0.5}).category("brand", {.weight = 0.3}).text("description", {.weight = 0.3});
  return kindred::item_features<float>::from(products, static_cast<index_t>(shop.products.size()));
}

// Friends as neighbors, all alike.
kindred::given_neighbors<float> friends(testing::world const& shop) {
  std::vector<std::vector<kindred::neighbor<float>>> of(shop.people.size());
  for (auto const& [one, other] : shop.friendships) {
    of[to_index(one)].push_back({to_index(other), 1});
    of[to_index(other)].push_back({to_index(one), 1});
  }
  std::vector<kindred::offset_t> offset(1, 0);
  std::vector<kindred::neighbor<float>> all;
  for (auto& own : of) {
    std::sort(own.begin(), own.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    all.insert(all.end(), own.begin(), own.end());
    offset.push_back(all.size());
  }
  return {{std::move(offset), std::move(all)}};
}

struct figures {
  double popular = 0, alike = 0, social = 0, profile = 0, oracle = 0;
  std::array<double, clicks.size()> similar{}, content{}, all{};
};

// Weights of popularity, people alike, friends, clicks and descriptions; and by which power of how often they are viewed
// neighbors' products are held back.
struct settings {
  std::array<float, 5> weight;
  double power;
};

template <data_set newcomers::* Test>
void add(figures& to, testing::world const& shop, newcomers const& data, double share, kindred::thread_pool& pool,
         settings const& how) {
  auto const& w = how.weight;
  auto const about_people = profiles(shop);
  auto const about_products = descriptions(shop);
  auto const known_friends = friends(shop);
  for (std::size_t c = 0; c != clicks.size(); ++c) {
    auto const& train = data.train[c];
    auto const judge = [&](auto const& model) {
      return share * kindred::evaluate_ranking(model, train, data.*Test, {.length = 10}, pool).ndcg;
    };
    auto const scaled = [&](auto const& model) { return kindred::normalize<kindred::z_scale>(model, train); };
    auto const popular = kindred::fit(kindred::popularity{}, train).model;
    kindred::implicit_user_knn<kindred::by_features<float, user_id>> const by_profile{
        .neighbors = 200, .popularity_power = how.power, .similarity = {about_people}};
    kindred::implicit_user_knn<kindred::given_neighbors<float>> const by_friends{.popularity_power = how.power,
                                                                                 .similarity = known_friends};
    auto const alike = kindred::fit(by_profile, train, pool).model;
    auto const social = kindred::fit(by_friends, train, pool).model;
    auto const similar =
        kindred::fit(kindred::implicit_item_knn<>{.neighbors = 200, .popularity_power = how.power}, train, pool).model;
    auto const content = kindred::fit(kindred::content{about_products}, train, pool).model;
    if (c == 0) {
      to.popular += judge(popular);
      if constexpr (Test == &newcomers::bought) to.oracle += judge(bench::purchase_oracle(shop));
      to.alike += judge(alike);
      to.social += judge(social);
      to.profile += judge(kindred::weighted{{w[0], w[1], w[2]}, scaled(popular), scaled(alike), scaled(social)});
      continue;
    }
    to.similar[c] += judge(similar);
    to.content[c] += judge(content);
    to.all[c] += judge(kindred::weighted{{w[0], w[1], w[2], w[3], w[4]},
                                         scaled(popular),
                                         scaled(alike),
                                         scaled(social),
                                         scaled(similar),
                                         scaled(content)});
  }
}

void report(char const* suffix, char const* what, figures const& mean) {
  std::printf("%s, NDCG@10 without a click: popularity %.4f, people alike %.4f, friends %.4f, all of it %.4f\n", what,
              mean.popular, mean.alike, mean.social, mean.profile);
  for (std::size_t c = 1; c != clicks.size(); ++c)
    std::printf("after %zu: by who views the same %.4f, by description %.4f, all of it %.4f\n", clicks[c],
                mean.similar[c], mean.content[c], mean.all[c]);
  std::printf("BENCH accuracy/world/cold_user%s ours=%.4f peer=popularity:%.4f ratio=%.2f unit=ndcg\n", suffix,
              mean.profile, mean.popular, mean.profile / mean.popular);
  std::printf("BENCH accuracy/world/cold_user%s/first_clicks ours=%.4f peer=popularity:%.4f ratio=%.2f unit=ndcg\n",
              suffix, mean.all.back(), mean.popular, mean.all.back() / mean.popular);
}

}  // namespace

// cold_user [seed of the first world]
int main(int argc, char** argv) {
  kindred::thread_pool pool;
  constexpr settings for_taste{{0, 0.1f, 1, 1, 0.5f}, 0.5}, for_purchases{{1, 1, 1, 1, 1}, 0};
  std::uint64_t const first = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1;
  constexpr std::uint64_t worlds = 5;
  figures suiting, bought;
  for (std::uint64_t seed = first; seed != first + worlds; ++seed) {
    auto const shop = testing::generate({.seed = seed});
    auto const data = split(shop);
    add<&newcomers::suiting>(suiting, shop, data, 1.0 / worlds, pool, for_taste);
    add<&newcomers::bought>(bought, shop, data, 1.0 / worlds, pool, for_purchases);
  }
  report("", "what suits them", suiting);
  report("/purchases", "what they buy", bought);
  std::printf("BENCH accuracy/world/cold_user/purchases/ceiling ours=%.4f peer=popularity:%.4f ratio=%.2f unit=ndcg\n",
              bought.oracle, bought.popular, bought.oracle / bought.popular);
}
