// SPDX-License-Identifier: BSL-1.0
//
// The code of docs/guide/neighborhoods.md and docs/concepts/updatable.md.
#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/held.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/live_knn.hpp>
#include <kindred/neighbor/neighbor_source.hpp>
#include <kindred/neighbor/ridge_neighbors.hpp>
#include <kindred/neighbor/rp3_beta.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/neighbor/user_walk.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/score/updatable.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace {

kindred::ratings<float> some_ratings() {
  return kindred::ratings<float>::from(
      kindred::testing::generate_ratings({.users = 60, .items = 40, .ratings = 700, .rank = 4}));
}

// [model]
// How often each item was clicked.
struct clicks {
  using value_type = float;
  std::vector<float> count;

  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id i) const noexcept { return of(i) > 0; }
  float of(kindred::item_id i) const noexcept {
    return kindred::to_index(i) < count.size() ? count[kindred::to_index(i)] : 0.0f;
  }
  void score(kindred::user_id, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = of(items[k]);
  }
  void update(kindred::user_id, kindred::item_id i, float) {
    if (kindred::to_index(i) >= count.size()) count.resize(kindred::to_index(i) + 1);
    ++count[kindred::to_index(i)];
  }
};
static_assert(kindred::updatable<clicks>);
// [/model]

}  // namespace

TEST_CASE("neighborhoods: the classic four are bases") {
  auto const ratings = some_ratings();
  // [bases]
  using likeness = kindred::shrunk<kindred::pearson>;
  auto const basic = kindred::fit(kindred::user_knn<likeness, kindred::overall_mean>{}, ratings).model;
  auto const centered = kindred::fit(kindred::user_knn<likeness, kindred::user_mean>{}, ratings).model;
  auto const z_scores = kindred::fit(kindred::user_knn<likeness, kindred::user_z_score>{}, ratings).model;
  auto const baseline = kindred::fit(kindred::user_knn<likeness, kindred::bias_als>{}, ratings).model;
  // [/bases]
  for (kindred::index_t u = 0; u != 5; ++u) {
    CHECK(basic.knows(kindred::user_id{u}) == centered.knows(kindred::user_id{u}));
    CHECK(z_scores.knows(kindred::user_id{u}) == baseline.knows(kindred::user_id{u}));
  }
  // [median]
  kindred::item_knn<kindred::cosine, kindred::bias_als, kindred::weighted_median> robust{.neighbors = 15};
  // [/median]
  CHECK(kindred::fit(robust, ratings).model.knows(kindred::item_id{0}));
}

TEST_CASE("neighborhoods: neighbors from elsewhere") {
  auto const ratings = some_ratings();
  // [source]
  // Three pairs of products that a person put side by side; whatever makes such lists will do.
  std::vector<kindred::offset_t> offset(ratings.item_count() + 1, 2);
  offset[0] = 0;
  offset[1] = 1;
  kindred::neighbor_lists<float> const by_hand(offset, {{1, 0.9f}, {0, 0.9f}});
  kindred::item_knn<kindred::given_neighbors<float>> const how{.similarity = {by_hand}};
  auto const model = kindred::fit(how, ratings).model;
  // [/source]
  CHECK(model.neighbors().of(0).size() == 1);
}

TEST_CASE("neighborhoods: clicks") {
  auto const purchases = some_ratings();
  kindred::user_id const user{3};
  // [clicks]
  auto const model = kindred::fit(kindred::implicit_item_knn<>{.neighbors = 100}, purchases).model;
  std::array<kindred::scored_item<float>, 10> best;
  auto const count = kindred::top_n(model, user, kindred::unseen(purchases, user), best);
  std::array<kindred::evidence<float>, 3> why;  // because you have ...
  std::size_t const told = model.explain(user, best[0].item, why).count;
  // [/clicks]
  CHECK(count > 0);
  CHECK(told > 0);
}

TEST_CASE("neighborhoods: walks") {
  auto const purchases = some_ratings();
  // [walks]
  auto const by_items = kindred::fit(kindred::rp3_beta{.alpha = 0.7, .beta = 0.3}, purchases).model;
  kindred::user_walk const how{
      .neighbors = 500, .item_power = 0.3, .user_power = 0.8, .power = 1.4, .hub_power = 1, .beta = 0.15};
  auto const by_people = kindred::fit(how, purchases).model;
  // [/walks]
  CHECK(by_items.knows(kindred::user_id{3}));
  CHECK(by_people.knows(kindred::user_id{3}));
}

TEST_CASE("neighborhoods: weights found together") {
  auto const purchases = some_ratings();
  // [ridge]
  kindred::implicit_item_knn<kindred::ridge_neighbors> const how{.similarity = {.regularization = 100}};
  auto const model = kindred::fit(how, purchases).model;
  // [/ridge]
  CHECK(model.knows(kindred::user_id{3}));
}

TEST_CASE("neighborhoods: one rating at a time") {
  auto const ratings = some_ratings();
  // [live]
  using recipe = kindred::item_knn<kindred::cosine, kindred::item_mean>;
  auto model = kindred::fit(kindred::live_knn<recipe>{.knn = {.candidates = 20}}, ratings).model;
  model.update(kindred::user_id{60}, kindred::item_id{7}, 4.5f);  // somebody new
  // [/live]
  CHECK(model.knows(kindred::user_id{60}));
  CHECK(model.user_count() == 61);
}

TEST_CASE("the minimal updatable counts") {
  clicks model;
  model.update(kindred::user_id{0}, kindred::item_id{2}, 1);
  CHECK(kindred::score_of(model, kindred::user_id{0}, kindred::item_id{2}) == 1);
}
