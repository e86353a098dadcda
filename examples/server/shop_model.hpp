// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "event_store.hpp"

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/testing/friend_lists.hpp>
#include <kindred/testing/world.hpp>

#include <span>
#include <vector>

// What does not change while the shop is open: a generated one, with a year behind it.
struct catalog {
  kindred::testing::world world;
  kindred::testing::friend_lists friends;
  std::vector<purchase> year;

  catalog();
  [[nodiscard]] kindred::population size() const noexcept { return world.size(); }
};

using bought = kindred::ratings<float>;
using similar_items = kindred::implicit_knn_model<float, kindred::item_id>;

// What a request needs, kept together: who has what, and what was learned of it.
struct shop_model {
  bought have;
  kindred::fallback<similar_items, kindred::popularity_model<float>> recommender;

  [[nodiscard]] similar_items const& similar() const noexcept { return recommender.template part<0>(); }
};

// Trains on the year and on what came in since. The same purchases in any order give the same bits.
[[nodiscard]] shop_model train(catalog const& shop, std::vector<purchase> const& since);

// Scores as if the user had bought some more things. A scorer of one's own is this: what it knows, and a sum.
class what_if {
public:
  using value_type = float;

  what_if(shop_model const& model, std::span<kindred::item_id const> more) : model_(&model), more_(more) {}

  [[nodiscard]] bool knows(kindred::user_id u) const noexcept { return model_->recommender.knows(u) || !more_.empty(); }
  [[nodiscard]] bool knows(kindred::item_id i) const noexcept { return model_->recommender.knows(i); }
  void score(kindred::user_id u, std::span<kindred::item_id const> items, std::span<float> out) const noexcept;

private:
  shop_model const* model_;
  std::span<kindred::item_id const> more_;
};
static_assert(kindred::scorer<what_if>);
