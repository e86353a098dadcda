// SPDX-License-Identifier: BSL-1.0

// Clicks learned as they come: every impression is predicted first, learned from afterwards, and never stored.

#include <kindred/kindred.hpp>
#include <kindred/testing/generate.hpp>

#include <iomanip>
#include <iostream>
#include <vector>

namespace testing = kindred::testing;

int main() {
  auto const shop = testing::generate({.users = 2000, .products = 300, .seed = 7, .impressions = 60});
  std::cout << std::fixed << std::setprecision(3) << "quarter  shown  normalized entropy  that of the truth\n";

  // [stream]
  kindred::hashed_row<float> row({.bits = 16});
  kindred::ftrl_learner<float> learner({.alpha = 0.05, .l1 = 0.1});
  std::vector<float> said, best, clicked;  // of the quarter, to be judged
  int quarter = 1;
  auto const judge = [&] {
    auto const is = kindred::evaluate_probabilities(kindred::scored_examples<float>{said, clicked});
    auto const at_best = kindred::evaluate_probabilities(kindred::scored_examples<float>{best, clicked});
    std::cout << std::setw(7) << quarter++ << std::setw(7) << said.size() << std::setw(20) << is.normalized_entropy
              << std::setw(19) << at_best.normalized_entropy << '\n';
    said.clear(), best.clear(), clicked.clear();
  };
  for (testing::impression const& shown : shop.impressions) {
    if (shown.time >= testing::world_begin + 13 * quarter * testing::week) judge();
    row.clear();
    row.category(0, testing::ad_slots[shown.slot]);
    row.category(1, testing::devices[shown.device]);
    row.category(2, shown.hour);
    row.category(3, to_index(shown.item));
    row.category(4, to_index(shown.user));
    float const label = shown.clicked ? 1.0f : 0.0f;
    float const margin = learner.update(row.row(), label);  // what was thought before the label was seen
    said.push_back(kindred::sigmoid(margin));
    best.push_back(shown.probability);
    clicked.push_back(label);
  }
  judge();
  // [/stream]
}
