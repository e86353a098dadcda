// SPDX-License-Identifier: BSL-1.0
//
// A machine that knows fields: what a thing has to do with the weather need not be what it has to do with who is asked.

#include <kindred/data/column_fields.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/factor/field_aware_machine.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <array>
#include <cstdio>

using kindred::index_t;

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
}
