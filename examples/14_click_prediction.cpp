// SPDX-License-Identifier: BSL-1.0

// Will this advertisement be clicked? Logistic regression on hashed features, learned from all clicks and a fifth of the rest,
// and explained.

#include <kindred/kindred.hpp>
#include <kindred/testing/generate.hpp>

#include <array>
#include <iomanip>
#include <iostream>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace testing = kindred::testing;

// [features]
// A row of features for an impression; `names` remembers what the columns stand for.
struct impression_features {
  explicit impression_features(testing::world const& from) : shop(from), hashed({.bits = 14, .signs = false}) {}

  kindred::sparse_row<float> row(testing::impression const& shown, std::map<kindred::index_t, std::string>* names) {
    auto const& product = shop.products[to_index(shown.item)];
    auto const& person = shop.people[to_index(shown.user)];
    hashed.clear();
    auto const add = [&](std::uint32_t field, std::string const& text) {
      hashed.category(field, text);
      if (names != nullptr) (*names)[hashed.last_column()] = text;
    };
    add(0, "slot " + std::string(testing::ad_slots[shown.slot]));
    add(1, "on a " + std::string(testing::devices[shown.device]));
    add(2, "at " + std::to_string(shown.hour));
    add(3, product.name);
    add(4, "category " + std::to_string(product.category));
    add(5, "aged " + std::to_string(person.age / 10) + "x");
    add(6, person.name);
    return hashed.row();
  }

  testing::world const& shop;
  kindred::hashed_row<float> hashed;
};
// [/features]

int main() {
  auto const shop = testing::generate({.users = 2000, .products = 300, .seed = 7, .impressions = 60});
  impression_features features(shop);
  std::map<kindred::index_t, std::string> names;

  // [train]
  // The first 70 % of the year to learn from.
  std::size_t const learned = shop.impressions.size() * 7 / 10;
  kindred::example_table<float> train;
  kindred::undersampled const correct{.kept = 0.2};
  for (std::size_t k = 0; k != learned; ++k) {
    testing::impression const& shown = shop.impressions[k];
    if (shown.clicked || kindred::to_unit(kindred::mix(1, k)) < correct.kept)  // all clicks, a fifth of the rest
      train.add(shown.clicked ? 1.0f : 0.0f, features.row(shown, &names));
  }
  auto const done = kindred::fit(kindred::logistic_regression<>{.l2 = 6}, train.view());
  auto const& model = done.model;
  // [/train]

  // [explain]
  std::array<kindred::feature_effect<float>, 3> strongest{};
  auto const& shown = shop.impressions.back();
  auto const row = features.row(shown, &names);
  std::size_t const count = kindred::top_features(model, row, std::span<kindred::feature_effect<float>>(strongest));
  std::cout << "The last one is clicked with a chance of " << std::fixed << std::setprecision(3)
            << correct(static_cast<double>(model.predict(row))) << ", because of\n";
  for (std::size_t k = 0; k != count; ++k)
    std::cout << "  " << names[strongest[k].column] << std::showpos << std::setprecision(2) << "  "
              << strongest[k].effect << std::noshowpos << '\n';
  // [/explain]
}
