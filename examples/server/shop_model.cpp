// SPDX-License-Identifier: BSL-1.0

#include "shop_model.hpp"

#include <kindred/run/fit.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/testing/generate.hpp>

#include <cstddef>
#include <utility>

catalog::catalog() : world(kindred::testing::generate({.users = 2000, .products = 1000, .seed = 7})), friends(world) {
  for (auto const& e : world.events)
    if (e.kind == kindred::testing::event_kind::purchase) year.push_back({e.user, e.item});
}

shop_model train(catalog const& shop, std::vector<purchase> const& since) {
  kindred::rating_table<float> rows;
  for (purchase const& p : shop.year) rows.add(p.user, p.item, 1);
  for (purchase const& p : since) rows.add(p.user, p.item, 1);
  auto have = bought::from(rows, kindred::on_duplicate::first, shop.size());
  auto similar =
      kindred::fit(kindred::implicit_item_knn<kindred::cosine>{.neighbors = 100, .min_shared = 2}, have).model;
  auto popular = kindred::fit(kindred::popularity{}, have).model;
  return {std::move(have), kindred::fallback{std::move(similar), std::move(popular)}};
}

void what_if::score(kindred::user_id u, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
  similar_items const& similar = model_->similar();
  if (more_.empty()) return model_->recommender.score(u, items, out);
  similar.score(u, items, out);
  for (kindred::item_id const extra : more_) {
    if (to_index(extra) >= similar.words().rows()) continue;
    auto const word = similar.words().row(to_index(extra));
    for (std::size_t k = 0; k != items.size(); ++k) {
      std::size_t const at = kindred::position_of(word.index, to_index(items[k]));
      if (at != word.size()) out[k] += word.value[at];
    }
  }
}
