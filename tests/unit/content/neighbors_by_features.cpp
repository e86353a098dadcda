// SPDX-License-Identifier: BSL-1.0
#include <kindred/content/neighbors_by_features.hpp>

#include "../../support/executors.hpp"
#include "../../support/features.hpp"
#include "../../support/ratings.hpp"

#include <kindred/baseline/constant.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using kindred::cosine;
using kindred::feature_table;
using kindred::index_t;
using kindred::item_features;
using kindred::item_id;
using kindred::neighbor;
using kindred::user_id;

static_assert(kindred::neighbor_source<kindred::by_features<float>, float, item_id>);
static_assert(!kindred::neighbor_source<kindred::by_features<float>, float, user_id>);
static_assert(kindred::neighbor_source<kindred::by_features<double, user_id>, double, user_id>);

TEST_CASE_TEMPLATE("neighbors_by_features: by hand", T, float, double) {
  feature_table<item_id> table;
  table.tags("genre", {.weighting = kindred::term_weighting::equal});
  table.about(item_id{0}).tags("genre", {"a", "b"});
  table.about(item_id{1}).tags("genre", {"a"});
  table.about(item_id{3}).tags("genre", {"b"});
  table.about(item_id{4}).tags("genre", {"c"});
  auto const alike = kindred::neighbors_by_features(item_features<T>::from(table));
  CHECK(alike.rows() == 5);
  REQUIRE(alike.of(0).size() == 2);
  CHECK(alike.of(0)[0].id == 1);  // ties by id
  CHECK(alike.of(0)[0].value == doctest::Approx(std::sqrt(0.5)));
  CHECK(alike.of(0)[1].id == 3);
  CHECK(alike.of(1).size() == 1);
  CHECK(alike.of(2).empty());
  CHECK(alike.of(4).empty());
}

TEST_CASE_TEMPLATE("neighbors_by_features: of users too, with any similarity, those that all pairs would give", T,
                   float, double) {
  auto const about = kindred::user_features<T>::from(support::random_features<user_id>(0, 50, 12));
  kindred::shrunk<cosine> const how{.strength = 2};
  support::shuffled any_order;
  auto const alike = kindred::neighbors_by_features(about, how, {.keep = 7, .min_shared = 2}, any_order);
  for (index_t u = 0; u != 50; ++u) {
    std::vector<neighbor<T>> near_by;
    for (index_t v = 0; v != 50; ++v) {
      auto const a = about.of(user_id{u}), b = about.of(user_id{v});
      auto const shared = std::count_if(a.index.begin(), a.index.end(),
                                        [&](index_t c) { return kindred::position_of(b.index, c) != b.size(); });
      if (v != u && shared >= 2 && how(a, b) > 0) near_by.push_back({v, how(a, b)});
    }
    std::sort(near_by.begin(), near_by.end(), kindred::is_closer<T>);
    if (near_by.size() > 7) near_by.resize(7);
    auto const found = alike.of(u);
    REQUIRE(found.size() == near_by.size());
    for (std::size_t k = 0; k != found.size(); ++k)
      CHECK(found[k].value == doctest::Approx(near_by[k].value).epsilon(1e-6));
  }
}

TEST_CASE_TEMPLATE("by_features: k-NN predicts ratings of items that nobody rated", T, float, double) {
  feature_table<item_id> table;
  table.about(item_id{0}).tags("genre", {"a"});
  table.about(item_id{1}).tags("genre", {"b"});
  table.about(item_id{2}).tags("genre", {"a"});
  table.about(item_id{7}).tags("genre", {"a"});
  auto const about = item_features<T>::from(table);
  auto const fitted = [&](kindred::ratings<T> const& data) {
    return kindred::fit(kindred::item_knn<kindred::by_features<T>, kindred::constant>{.similarity = {about},
                                                                                      .aggregate = {.damping = 0}},
                        data)
        .model;
  };
  // Features that reach beyond the data, and data that reach beyond the features.
  for (index_t const items : {3u, 8u, 20u}) {
    auto const model = fitted(support::ratings_of<T>({{0, 0, 5}, {0, 1, 2}, {1, 1, 3}}, {2, items}));
    CHECK(model.knows(item_id{2}));
    CHECK(kindred::score_of(model, user_id{0}, item_id{2}) == 5);
    CHECK(model.knows(item_id{7}) == (items > 7));
    CHECK(!model.knows(item_id{19}));
  }
}
