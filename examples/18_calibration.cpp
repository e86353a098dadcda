// SPDX-License-Identifier: BSL-1.0

// Is a chance of three percent three clicks of a hundred? Probabilities learned from a part of the data are corrected, and judged
// beside the truth.

#include <kindred/kindred.hpp>
#include <kindred/testing/generate.hpp>

#include <iomanip>
#include <iostream>
#include <span>
#include <string>
#include <vector>

namespace testing = kindred::testing;

int main() {
  auto const shop = testing::generate({.users = 2000, .products = 300, .seed = 7, .impressions = 60});
  kindred::hashed_row<float> hashed({.bits = 14, .signs = false});
  auto const row = [&](testing::impression const& shown) {
    hashed.clear();
    hashed.category(0, testing::ad_slots[shown.slot]);
    hashed.category(1, testing::devices[shown.device]);
    hashed.category(2, shop.product_name(shown.item));
    hashed.category(3, shop.person_name(shown.user));
    return hashed.row();
  };

  // [train]
  // The first 70 % of the year to learn from, the next 10 % to calibrate with, the rest to be judged by.
  auto const all = std::span(shop.impressions);
  auto const learned = all.first(all.size() * 7 / 10), held = all.subspan(learned.size(), all.size() / 10),
             judged = all.subspan(learned.size() + held.size());
  kindred::example_table<float> train;
  kindred::undersampled const correct{.kept = 0.2};
  for (std::size_t k = 0; k != learned.size(); ++k)
    if (learned[k].clicked || kindred::to_unit(kindred::mix(1, k)) < correct.kept)  // all clicks, a fifth of the rest
      train.add(learned[k].clicked ? 1.0f : 0.0f, row(learned[k]));
  auto const model = kindred::fit(kindred::logistic_regression<>{.l2 = 6}, train.view()).model;
  // [/train]

  // [calibrate]
  std::vector<float> margin, label;
  auto const look_at = [&](std::span<testing::impression const> some) {
    margin.clear(), label.clear();
    for (auto const& shown : some) margin.push_back(model.margin(row(shown))), label.push_back(shown.clicked ? 1 : 0);
  };
  look_at(held);
  auto const platt = kindred::fit(kindred::platt{}, kindred::scored_examples<float>{margin, label}).model;
  // [/calibrate]

  // [judge]
  look_at(judged);
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
  judge("the truth", [&](std::size_t k) { return judged[k].probability; });
  // [/judge]
}
