// SPDX-License-Identifier: BSL-1.0
//
// A machine that knows fields: what a thing has to do with the weather need not be what it has to do with who is asked.

#include <kindred/data/column_fields.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/data/feature_table.hpp>
#include <kindred/factor/feature_factorization.hpp>
#include <kindred/factor/field_aware_machine.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <array>
#include <cstdio>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

int main() {
  // Umbrella or ice cream, in rain or sun, shown to a grown-up or a child. Children want ice cream whatever the weather.
  kindred::example_table<float> shown(6);
  for (index_t k = 0; k != 4000; ++k) {
    index_t const thing = k % 2, weather = k / 2 % 2, who = k / 4 % 2;
    std::array<index_t, 3> const index{thing, 2 + weather, 4 + who};
    std::array<float, 3> const present{1, 1, 1};
    bool const wanted = who == 1 ? thing == 1 : thing == weather;
    bool const odd_day = kindred::mix(5, k) % 10 == 0;
    shown.add(wanted != odd_day ? 1.0f : 0.0f, {index, present});
  }

  // [fields]
  kindred::column_fields fields;
  fields.add(2);  // columns 0 and 1: what is shown
  fields.add(2);  // the weather
  fields.add(2);  // who is asked
  kindred::field_aware_machine<kindred::logistic_loss> const how{.fields = fields, .factors = 2, .epochs = 10};
  auto const model = kindred::fit(how, shown.view()).model;
  for (index_t const who : {4u, 5u}) {
    std::array<index_t, 3> const index{1, 2, who};  // ice cream in the rain
    std::array<float, 3> const present{1, 1, 1};
    std::printf("%s: %.1f\n", who == 4 ? "grown-up" : "child",
                static_cast<double>(model.predict(kindred::sparse_row<float>{index, present})));
  }
  // [/fields]

  // [ratings]
  // Films 0 to 19 were rated by users 0 to 29, the young ones for their laughs. Nobody has seen 20 and 21, a comedy and a western,
  // and user 30 has seen nothing.
  kindred::feature_table<user_id> people;
  kindred::feature_table<item_id> films;
  for (index_t u = 0; u != 31; ++u) people.about(user_id{u}).category("age", u % 2 == 0 ? "young" : "old");
  for (index_t i = 0; i != 22; ++i) films.about(item_id{i}).category("genre", i % 2 == 0 ? "comedy" : "western");
  kindred::rating_table<float> table;
  for (index_t u = 0; u != 30; ++u)
    for (index_t i = 0; i != 20; ++i)
      if (kindred::mix(1, u, i) % 2 == 0) table.add(user_id{u}, item_id{i}, u % 2 == i % 2 ? 5.0f : 2.0f);
  kindred::feature_factorization<float, kindred::field_aware_machine<>> const taste{
      .users = kindred::user_features<float>::from(people),
      .items = kindred::item_features<float>::from(films),
      .machine = {.factors = 2, .epochs = 60, .batch = 8}};
  auto const rated = kindred::fit(taste, kindred::ratings<float>::from(table)).model;
  std::printf("young: new comedy %.0f, new western %.0f, by vectors of %u numbers\n",
              static_cast<double>(kindred::score_of(rated, user_id{30}, item_id{20})),
              static_cast<double>(kindred::score_of(rated, user_id{30}, item_id{21})), rated.factors());
  // [/ratings]
}
