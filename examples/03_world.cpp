// SPDX-License-Identifier: BSL-1.0

// A whole social shop from one seed: people, friends, products, what happened in a year - and the truth behind it.

#include <kindred/kindred.hpp>
#include <kindred/testing/friend_lists.hpp>
#include <kindred/testing/generate.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <iomanip>
#include <iostream>

namespace testing = kindred::testing;
using kindred::item_id;
using kindred::user_id;

int main() {
  // [generate]
  auto const shop = kindred::testing::generate({.users = 2000, .products = 1000, .seed = 7});
  auto const ratings = kindred::ratings<float>::from(shop.ratings<float>(), kindred::on_duplicate::error, shop.size());
  // [/generate]

  std::cout << std::fixed << std::setprecision(2) << "People\n";
  // [people]
  testing::friend_lists const friends(shop);
  for (user_id const u : {user_id{3}, user_id{17}, user_id{42}}) {
    testing::person const& p = shop.people[to_index(u)];
    std::cout << "  " << p.name << ", " << int{p.age} << ", " << testing::occupations[p.occupation] << " from "
              << testing::regions[p.region] << ", has " << friends.of(u).size() << " friends:";
    for (user_id const f : friends.of(u).first(3)) std::cout << ' ' << shop.person_name(f) << ',';
    std::cout << " ...\n";
  }
  // [/people]

  std::cout << "Products\n";
  for (std::size_t const i : {4u, 8u, 15u}) {
    testing::product const& p = shop.products[i];
    std::cout << "  " << p.name << ", " << p.price << ": " << p.description << '\n';
  }

  std::cout << "Facts\n";
  for (testing::triple const& t : shop.triples)
    if (t.head == 2)
      std::cout << "  " << shop.entity_name(t.head) << ' ' << testing::relations[t.relation] << ' '
                << shop.entity_name(t.tail) << '\n';

  std::array<std::size_t, 4> funnel{};
  for (testing::event const& e : shop.events) ++funnel[static_cast<std::size_t>(e.kind)];
  std::size_t clicks = 0;
  for (testing::impression const& shown : shop.impressions) clicks += shown.clicked ? 1u : 0u;
  std::cout << "A year\n  " << shop.friendships.size() << " friendships\n  " << funnel[0] << " views, " << funnel[1]
            << " carts, " << funnel[2] << " purchases, " << funnel[3] << " ratings\n  " << shop.impressions.size()
            << " ads shown, " << clicks << " clicked\n";

  // [truth]
  // How far a model is from the best possible: nothing predicts ratings better than shop.truth(user, item).
  auto const error_of = [&](auto const& predict) {
    double sum = 0;
    for (kindred::index_t u = 0; u != ratings.user_count(); ++u) {
      auto const row = ratings.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k)
        sum += std::pow(static_cast<double>(row.value[k]) - predict(user_id{u}, item_id{row.index[k]}), 2);
    }
    return std::sqrt(sum / static_cast<double>(ratings.size()));
  };
  double mean = 0;
  for (float const stars : ratings.by_user().value()) mean += static_cast<double>(stars);
  mean /= static_cast<double>(ratings.size());
  std::cout << "Ratings\n  mean " << mean << ", error of the mean " << error_of([&](user_id, item_id) { return mean; })
            << ", of the truth " << error_of([&](user_id u, item_id i) { return shop.truth(u, i); }) << '\n';
  // [/truth]
}
