// SPDX-License-Identifier: BSL-1.0

// Why do I see this? The same recommendation, by what one liked, by who is alike, and by what the thing is.

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/content/content.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/generate.hpp>

#include <array>
#include <iomanip>
#include <iostream>
#include <span>
#include <string>

using kindred::item_id;
using kindred::user_id;

int main() {
  auto const shop = kindred::testing::generate({.users = 400, .products = 200, .seed = 7});
  auto const ratings = kindred::ratings<float>::from(shop.ratings<float>(), kindred::on_duplicate::error, shop.size());
  kindred::feature_table<item_id> catalog;
  for (kindred::index_t i = 0; i != shop.size().items; ++i)
    catalog.about(item_id{i})
        .category("category", std::to_string(shop.products[i].category))
        .category("brand", std::to_string(shop.products[i].brand));

  auto const alike = kindred::fit(kindred::item_knn<>{}, ratings).model;
  auto const people = kindred::fit(kindred::user_knn<>{}, ratings).model;
  auto const things = kindred::fit(kindred::content{kindred::item_features<float>::from(catalog)}, ratings).model;

  // [say]
  // Any model that explains itself: what its score rests on, and how much each adds.
  std::cout << std::fixed << std::setprecision(2);
  auto const say = [&](auto const& model, user_id user, item_id item) {
    std::array<kindred::evidence<float>, 3> reasons;
    auto const all = model.explain(user, item, reasons);
    std::cout << "  " << kindred::score_of(model, user, item) << ", of which " << all.base << " without reasons\n";
    for (auto const& one : std::span(reasons).first(all.count)) {
      std::cout << "    " << std::showpos << one.share << std::noshowpos << "  ";
      if (one.kind == kindred::evidence_kind::item)
        std::cout << "you rated " << shop.product_name(item_id{one.id}) << '\n';
      else std::cout << shop.person_name(user_id{one.id}) << " is like you\n";
    }
  };
  // [/say]

  user_id const user{3};
  std::array<kindred::scored_item<float>, 1> best;
  if (kindred::top_n(alike, user, kindred::unseen(ratings, user), best) == 0) return 1;
  item_id const item = best[0].item;
  std::cout << shop.product_name(item) << " for " << shop.person_name(user) << '\n';
  say(alike, user, item);
  say(people, user, item);

  // [features]
  // Content knows both: the things that one rated, and what they have in common with this one.
  std::array<kindred::evidence<float>, 2> features;
  auto const count = things.explain_features(user, item, features).count;
  for (auto const& one : std::span(features).first(count)) {
    auto const [field, value] = things.about().name(one.id);
    std::cout << "  its " << field << " is " << value << ": " << one.share << '\n';
  }
  // [/features]
}
