// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/content/content.hpp>
#include <kindred/content/neighbors_by_features.hpp>
#include <kindred/neighbor/item_knn.hpp>

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <string>
#include <vector>

using kindred::item_id;
using kindred::user_id;

namespace {

constexpr item_id lamp{0}, chair{1}, desk{2}, new_lamp{3};
constexpr user_id ann{0}, bob{1}, eve{2};

kindred::feature_table<item_id> small_catalog() {
  kindred::feature_table<item_id> catalog;
  catalog.about(lamp).category("room", "study").tags("style", {"plain", "brass"}).number("price", 49);
  catalog.about(chair).category("room", "study").tags("style", {"oak"}).number("price", 120);
  catalog.about(desk).category("room", "kitchen").tags("style", {"oak", "plain"}).number("price", 240);
  return catalog;
}
kindred::ratings<float> some_sales() {
  std::vector<kindred::rating<float>> const bought{{ann, lamp, 1}, {bob, desk, 1}, {bob, chair, 1}};
  return kindred::ratings<float>::from(bought);
}

}  // namespace

TEST_CASE("guide: fields of every kind") {
  std::array<float, 2> const picture{0.3f, 0.4f};
  // [kinds]
  kindred::feature_table<item_id> catalog;
  catalog.about(lamp)
      .number("price", 49)                                  // one number
      .category("room", "study")                            // one of several
      .tags("style", {"plain", "brass"})                    // any number of labels
      .text("about", "A lamp for long evenings.")           // words
      .vector("picture", std::span<float const>(picture));  // what another model made of it
  catalog.about(chair).category("room", "study");

  // How a field counts, if not as any other: weights are lengths, and a field of weight 0 is left out.
  catalog.number("price", {.weight = 0.3}).tags("style", {.at_least = 2});
  catalog.text("about", {.weight = 0.5, .stop_words = "a for the of"});
  // [/kinds]
  CHECK(kindred::item_features<float>::from(catalog).size() == 2);
}

TEST_CASE("guide: serve and learn") {
  auto const sales = some_sales();
  auto taste = kindred::fit(kindred::content{kindred::item_features<float>::from(small_catalog())}, sales).model;
  // [serve]
  kindred::feature_table<item_id> arrivals;
  arrivals.about(new_lamp).category("room", "study").tags("style", {"brass", "never seen before"});
  taste.add(arrivals);  // a new item: known at once

  taste.rate(bob, new_lamp, 1);  // a new purchase: the profile of its user is made anew

  kindred::feature_table<user_id> wishes;
  wishes.about(eve).tags("style", {"oak"}).tag("style", "brass", -1);
  taste.prefer(wishes);  // what somebody says they like, and does not like
  // [/serve]
  CHECK(taste.knows(new_lamp));
  CHECK(taste.knows(eve));
  CHECK(kindred::score_of(taste, eve, chair) > kindred::score_of(taste, eve, new_lamp));
}

TEST_CASE("guide: more like this, and k-NN by features") {
  auto const about = kindred::item_features<float>::from(small_catalog());
  auto const sales = some_sales();
  // [alike]
  auto const alike = kindred::neighbors_by_features(about);
  auto const nearest = alike.of(to_index(lamp));  // ids and cosines, closest first
  // [/alike]
  CHECK(!nearest.empty());
  // [knn]
  auto const stars = kindred::fit(kindred::item_knn<kindred::by_features<float>>{.similarity = {about}}, sales).model;
  // [/knn]
  CHECK(stars.knows(chair));
}

TEST_CASE("guide: beside other models") {
  auto const sales = some_sales();
  auto const about = kindred::item_features<float>::from(small_catalog());
  // [blend]
  auto taste = kindred::fit(kindred::content{about}, sales).model;
  auto similar = kindred::fit(kindred::item_knn<>{}, sales).model;
  auto popular = kindred::fit(kindred::popularity{}, sales).model;
  kindred::fallback const recommender{kindred::weighted{{0.95f, 0.05f}, similar, taste}, popular};
  // [/blend]
  CHECK(recommender.knows(ann));
}
