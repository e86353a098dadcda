// SPDX-License-Identifier: BSL-1.0
#include "recommender.hpp"

#include <kindred/compose/top_n.hpp>

#include <doctest/doctest.h>

#include <array>
#include <vector>

TEST_CASE("a recommender behind a source file of its own") {
  std::vector<kindred::rating<float>> const triples{{kindred::user_id{0}, kindred::item_id{0}, 4.0f},
                                                    {kindred::user_id{1}, kindred::item_id{1}, 2.0f},
                                                    {kindred::user_id{1}, kindred::item_id{0}, 5.0f}};
  auto const model = make_recommender(kindred::ratings<float>::from(triples));
  std::array<kindred::scored_item<float>, 2> best;
  REQUIRE(kindred::top_n(model, kindred::user_id{9}, kindred::all_items{2}, best) == 2);
  CHECK(best[0].item == kindred::item_id{0});
}
