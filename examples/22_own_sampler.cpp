// SPDX-License-Identifier: BSL-1.0

// Learning from clicks, with a say in what counts as not clicked: half of the shop is sold in one country, half in another, and
// nobody can click what they are not shown.

#include <kindred/factor/bpr.hpp>
#include <kindred/run/random.hpp>

#include <iomanip>
#include <iostream>

// [sampler]
// What was not on sale where the user lives says nothing about their taste.
struct shown_there : kindred::uniform_negatives {
  static bool allows(kindred::user_id u, kindred::item_id i) noexcept {
    return (kindred::to_index(u) + kindred::to_index(i)) % 5 < 3;  // three fifths of the shop, others elsewhere
  }
};
static_assert(kindred::negative_sampler<shown_there>);
// [/sampler]

// [use]
bool likes(kindred::index_t u, kindred::index_t i) { return u % 3 == i % 3; }

// How often something new to the country that the user likes ranks above something new that they do not.
double order_of_news(auto const& model) {
  double right = 0, pairs = 0;
  for (kindred::index_t u = 0; u != 120; ++u)
    for (kindred::index_t i = 0; i != 90; ++i)
      for (kindred::index_t j = 0; j != 90; ++j) {
        kindred::user_id const user{u};
        if (shown_there::allows(user, kindred::item_id{i}) || likes(u, j) || !likes(u, i)) continue;
        right += score_of(model, user, kindred::item_id{i}) > score_of(model, user, kindred::item_id{j});
        ++pairs;
      }
  return 100 * right / pairs;
}

int main() {
  kindred::rating_table<float> clicks;
  kindred::random_stream random(1, 0);
  for (kindred::index_t u = 0; u != 120; ++u)
    for (kindred::index_t i = 0; i != 90; ++i)
      if (shown_there::allows(kindred::user_id{u}, kindred::item_id{i}) &&
          kindred::unit(random) < (likes(u, i) ? 0.4 : 0.05))
        clicks.add(kindred::user_id{u}, kindred::item_id{i}, 1);
  auto const data = kindred::ratings<float>::from(clicks);

  kindred::bpr const anything{.factors = 8, .epochs = 60};
  kindred::bpr_of<shown_there> const shown{.factors = 8, .epochs = 60};
  std::cout << std::fixed << std::setprecision(0);
  std::cout << "drawing anything:       " << order_of_news(kindred::fit(anything, data).model) << " % in order\n";
  std::cout << "drawing what was shown: " << order_of_news(kindred::fit(shown, data).model) << " % in order\n";
}
// [/use]
