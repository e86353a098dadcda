// SPDX-License-Identifier: BSL-1.0
//
// The code of docs/guide/serving.md that no example has.
#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/top_n_each.hpp>

#include <doctest/doctest.h>

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
