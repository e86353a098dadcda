// SPDX-License-Identifier: BSL-1.0
//
// The code of docs/guide/serving.md that no example has.
#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/indexed.hpp>
#include <kindred/compose/recommender.hpp>
#include <kindred/compose/top_n_each.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/metric/dot_product.hpp>
#include <kindred/neighbor/brute_force.hpp>

#include <doctest/doctest.h>

#include <array>
#include <vector>

TEST_CASE("lists for everybody") {
  auto const ratings = kindred::ratings<float>::from(std::vector<kindred::rating<float>>{
      {kindred::user_id{0}, kindred::item_id{2}, 1}, {kindred::user_id{1}, kindred::item_id{0}, 1}});
  auto const model = kindred::fit(kindred::popularity{}, ratings).model;
  kindred::sequential pool;
  // [everybody]
  auto const lists = kindred::recommend_all(model, ratings, 10, pool);  // of what each has not rated
  for (kindred::index_t u = 0; u != lists.size(); ++u)
    for (auto const& [item, value] : lists[u]) CHECK(item == kindred::item_id{u == 0 ? 0u : 2u});
  // [/everybody]
}

TEST_CASE("candidates from an index") {
  kindred::preference_model<float> taste(1, 3, 2);
  kindred::user_id const user{0};
  taste.set_known(user);
  taste.of(user).vector[0] = 1;
  for (kindred::index_t i = 0; i != 3; ++i) {
    taste.set_known(kindred::item_id{i});
    taste.of(kindred::item_id{i}).vector[0] = static_cast<float>(i);
  }
  // [index]
  kindred::brute_force<float, kindred::dot_product> const index(taste.items());
  kindred::indexed const quick{taste, index, 200};  // the 200 that are closest to the user's vector
  std::array<kindred::scored_item<float>, 2> best;
  auto const found = kindred::top_n(quick, user, kindred::all_items{3}, best);
  // [/index]
  CHECK(found == 2);
  CHECK(best[0].item == kindred::item_id{2});
}
