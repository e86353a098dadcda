// SPDX-License-Identifier: BSL-1.0

// What only two things together say: umbrellas sell in the rain and ice cream in the sun. A factorization machine learns it
// from rows of features, gives its reasons, and recommends films that nobody has rated.

// [all]
#include <kindred/data/example_table.hpp>
#include <kindred/data/feature_table.hpp>
#include <kindred/factor/factorization_machine.hpp>
#include <kindred/factor/feature_factorization.hpp>
#include <kindred/factor/strongest_effects.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <array>
#include <cstdio>

using kindred::index_t;

int main() {
  // [machine]
  // Columns: what is shown, in which weather. Bought if they go together, mostly.
  constexpr std::array names{"umbrella", "ice cream", "rain", "sun"};
  kindred::example_table<float> shown(4);
  for (index_t k = 0; k != 2000; ++k) {
    std::array<index_t, 2> const index{k % 2, 2 + k / 2 % 2};
    std::array<float, 2> const present{1, 1};
    bool const fits = k % 2 == k / 2 % 2;
    bool const odd_day = kindred::mix(5, k) % 10 == 0;
    shown.add(fits != odd_day ? 1.0f : 0.0f, {index, present});
  }
  kindred::factorization_machine<kindred::logistic_loss> const how{
      .factors = 4, .weight = {.strength = 0.001}, .vector = {.strength = 0.001}, .rate = {.rate = 0.2}};
  auto const model = kindred::fit(how, shown.view()).model;
  // [/machine]

  // [reasons]
  for (index_t const weather : {2u, 3u}) {
    std::array<index_t, 2> const index{0, weather};
    std::array<float, 2> const present{1, 1};
    kindred::sparse_row<float> const row{index, present};
    std::array<kindred::interaction_effect<float>, 1> why;
    kindred::strongest_effects(model, row, why);
    std::printf("umbrella, %-4s: %.1f, because of %s and %s\n", names[weather], static_cast<double>(model.predict(row)),
                names[why[0].column], names[why[0].other]);
  }
  // [/reasons]

  // [ratings]
  // Films 0 to 19 were rated by those who like their genre; 20 and 21 are new, a comedy and a western.
  kindred::feature_table<kindred::item_id> films;
  for (index_t i = 0; i != 22; ++i)
    films.about(kindred::item_id{i}).category("genre", i % 2 == 0 ? "comedy" : "western");
  kindred::rating_table<float> table;
  for (index_t u = 0; u != 30; ++u)
    for (index_t i = 0; i != 20; ++i)
      if (kindred::mix(1, u, i) % 2 == 0)
        table.add(kindred::user_id{u}, kindred::item_id{i}, u % 2 == i % 2 ? 5.0f : 2.0f);
  kindred::feature_factorization<float> const taste{
      .items = kindred::item_features<float>::from(films),
      .machine = {.epochs = 60, .batch = 8, .rate = {.rate = 0.05, .decay = 0.02}}};
  auto const rated = kindred::fit(taste, kindred::ratings<float>::from(table)).model;
  kindred::user_id const likes_comedies{4};
  std::printf("new comedy %.0f, new western %.0f\n",
              static_cast<double>(kindred::score_of(rated, likes_comedies, kindred::item_id{20})),
              static_cast<double>(kindred::score_of(rated, likes_comedies, kindred::item_id{21})));
  // [/ratings]
}
// [/all]
