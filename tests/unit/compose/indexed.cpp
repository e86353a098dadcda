// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/indexed.hpp>

#include <kindred/compose/recommender.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/metric/dot_product.hpp>
#include <kindred/neighbor/brute_force.hpp>
#include <kindred/run/random.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

using kindred::index_t, kindred::item_id, kindred::user_id;

TEST_CASE("indexed: with an exact search, the list of top_n") {
  constexpr index_t users = 6, items = 500;
  kindred::preference_model<float> model(users, items, 4);
  kindred::random_stream random(3, 0);
  auto const fill = [&](auto id) {
    for (float& x : model.of(id).vector.first(4)) x = static_cast<float>(kindred::normal(random));
    if (to_index(id) % 5 != 2) model.set_known(id);
  };
  for (index_t u = 0; u != users; ++u) fill(user_id{u});
  for (index_t i = 0; i != items; ++i) fill(item_id{i});

  using search = kindred::brute_force<float, kindred::dot_product>;
  search const index(model.items());
  kindred::indexed const quick{model, index, 500};
  static_assert(kindred::recommender<kindred::indexed<kindred::preference_model<float>, search>>);
  auto const odd = [](item_id i) { return to_index(i) % 2 == 1; };
  kindred::where const which{kindred::all_items{items}, odd};
  for (std::size_t const n : {std::size_t{1}, std::size_t{10}, std::size_t{100}}) {
    std::vector<kindred::scored_item<float>> a(n), b(n);
    for (index_t u = 0; u != users + 1; ++u) {
      std::size_t const found = kindred::top_n(quick, user_id{u}, which, std::span(a));
      if (!model.knows(user_id{u})) {
        CHECK(found == 0);
        continue;
      }
      REQUIRE(found == kindred::top_n(model, user_id{u}, which, std::span(b)));
      for (std::size_t k = 0; k != found; ++k) CHECK((a[k].item == b[k].item && a[k].value == b[k].value));
    }
  }
  // The three closest of all, of which the odd ones that are known.
  std::vector<kindred::scored_item<float>> few(10);
  CHECK(kindred::top_n(kindred::indexed{model, index, 3}, user_id{0}, which, std::span(few)) <= 3);
  CHECK(support::error_of([&] { kindred::indexed{model, index, 0}; }).kind() == kindred::error_kind::setting);
  CHECK(support::says(support::error_of([&] { kindred::indexed{model, index, 5000}; }), "width = 5000"));
}
