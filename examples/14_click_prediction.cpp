// SPDX-License-Identifier: BSL-1.0

// Will this advertisement be clicked? Logistic regression on hashed features, learned from all clicks and a fifth of the rest,
// calibrated, judged beside the truth, and explained.

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
  // The first 70 % of the year to learn from, the next 10 % to calibrate with, the rest to be judged by.
  std::size_t const learned = shop.impressions.size() * 7 / 10, calibrated = shop.impressions.size() * 8 / 10;
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

  auto const margins = [&](std::size_t first, std::size_t last, std::vector<float>& label) {
    std::vector<float> out;
    for (std::size_t k = first; k != last; ++k) {
      out.push_back(model.margin(features.row(shop.impressions[k], nullptr)));
      label.push_back(shop.impressions[k].clicked ? 1.0f : 0.0f);
    }
    return out;
  };

  // [calibrate]
  std::vector<float> held_label, label;
  auto const held = margins(learned, calibrated, held_label);
  auto const platt = kindred::fit(kindred::platt{}, kindred::scored_examples<float>{held, held_label}).model;
  // [/calibrate]

  // [judge]
  auto const margin = margins(calibrated, shop.impressions.size(), label);
  std::cout << std::fixed << "                 AUC   log loss  normalized entropy  said / happened\n";
  auto const judge = [&](char const* name, auto const& probability_of) {
    std::vector<float> p;
    for (std::size_t k = 0; k != margin.size(); ++k) p.push_back(static_cast<float>(probability_of(k)));
    kindred::scored_examples<float> const said{p, label};
    auto const is = kindred::evaluate_probabilities(said);
    std::cout << std::left << std::setw(16) << name << std::right << std::setprecision(3) << kindred::roc_auc(said)
              << std::setw(10) << is.log_loss << std::setw(16) << is.normalized_entropy << std::setw(18)
              << std::setprecision(2) << is.mean_probability / is.share << '\n';
  };
  judge("as learned", [&](std::size_t k) { return kindred::sigmoid(margin[k]); });
  judge("corrected", [&](std::size_t k) { return correct(static_cast<double>(kindred::sigmoid(margin[k]))); });
  judge("Platt", [&](std::size_t k) { return platt(static_cast<double>(margin[k])); });
  judge("the truth", [&](std::size_t k) { return shop.impressions[calibrated + k].probability; });
  // [/judge]

  // [explain]
  std::array<kindred::feature_effect<float>, 3> strongest{};
  auto const& shown = shop.impressions.back();
  auto const row = features.row(shown, &names);
  std::size_t const count = kindred::top_features(model, row, std::span<kindred::feature_effect<float>>(strongest));
  std::cout << "The last one is clicked with a chance of " << std::setprecision(3)
            << correct(static_cast<double>(model.predict(row))) << ", because of\n";
  for (std::size_t k = 0; k != count; ++k)
    std::cout << "  " << names[strongest[k].column] << std::showpos << std::setprecision(2) << "  "
              << strongest[k].effect << std::noshowpos << '\n';
  // [/explain]
}
