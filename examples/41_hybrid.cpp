// SPDX-License-Identifier: BSL-1.0

// A hybrid: what people did, what things are, and what everybody likes, in one model that learns how much each says.

#include <kindred/baseline/bias_als.hpp>
#include <kindred/compose/stacking.hpp>
#include <kindred/content/content.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/generate.hpp>

#include <iomanip>
#include <iostream>
#include <string>

int main() {
  // [data]
  auto const shop = kindred::testing::generate({.users = 400, .products = 200, .seed = 7});
  kindred::feature_table<kindred::item_id> catalog;
  for (kindred::index_t i = 0; i != shop.size().items; ++i)
    catalog.about(kindred::item_id{i})
        .category("category", std::to_string(shop.products[i].category))
        .category("style", std::to_string(shop.products[i].style))
        .category("brand", std::to_string(shop.products[i].brand));
  auto const about = kindred::item_features<float>::from(catalog);
  auto const all = kindred::ratings<float>::from(shop.ratings<float>(), kindred::on_duplicate::error, shop.size());
  auto const [train, test] = kindred::random_holdout{.fraction = 0.2, .seed = 1}.split(all);
  // [/data]

  // [fit]
  // content gives scores and no stars; the blend learns what they are worth in stars.
  auto const hybrid =
      kindred::fit(kindred::stacking(kindred::item_knn<>{}, kindred::bias_als{}, kindred::content{about}), train).model;
  // [/fit]

  // Named anew, because clang before 16 takes no structured binding into a lambda.
  auto const error_of = [scale = kindred::rating_scale::of(train), &held = test](auto const& model) {
    return kindred::evaluate_ratings(model, held, scale).rmse;
  };
  std::cout << std::fixed << std::setprecision(2)
            << "what everybody thinks: " << error_of(kindred::fit(kindred::bias_als{}, train).model)
            << "\nwhat is alike: " << error_of(kindred::fit(kindred::item_knn<>{}, train).model)
            << "\nhybrid: " << error_of(hybrid) << '\n';
}
