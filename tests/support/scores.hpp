// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "bits.hpp"

#include <kindred/core/id.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace support {

// The scores of a user for any number of items, asked in blocks of `size`.
template <kindred::scorer S>
std::vector<kindred::value_t<S>> scores(S const& model, kindred::user_id user,
                                        std::vector<kindred::item_id> const& items, std::size_t size = kindred::block) {
  using T = kindred::value_t<S>;
  std::vector<T> out(items.size());
  for (std::size_t from = 0; from < items.size(); from += size) {
    std::size_t const count = (std::min)(size, items.size() - from);
    model.score(user, std::span<kindred::item_id const>(items).subspan(from, count),
                std::span<T>(out).subspan(from, count));
  }
  return out;
}

inline std::vector<kindred::item_id> first_items(kindred::index_t count) {
  std::vector<kindred::item_id> items;
  for (kindred::index_t k = 0; k != count; ++k) items.push_back(kindred::item_id{k});
  return items;
}

// All scores for users 0 ... users - 1 and items 0 ... items - 1, in rows.
template <kindred::scorer S>
std::vector<kindred::value_t<S>> all_scores(S const& model, kindred::index_t users, kindred::index_t items) {
  std::vector<kindred::value_t<S>> all;
  for (kindred::index_t u = 0; u != users; ++u) {
    auto const row = scores(model, kindred::user_id{u}, first_items(items));
    all.insert(all.end(), row.begin(), row.end());
  }
  return all;
}

// The pointwise law: the score of an item has the same bits alone, in blocks of any size, in descending and in random
// order, and beside a copy of itself.
template <kindred::scorer S>
bool is_pointwise(S const& model, kindred::user_id user, std::vector<kindred::item_id> items) {
  auto const holds = [&](std::vector<kindred::item_id> const& asked) {
    auto const alone = scores(model, user, asked, 1);
    for (std::size_t const size : {std::size_t{2}, std::size_t{7}, kindred::block})
      if (!same_bits(scores(model, user, asked, size), alone)) return false;
    return true;
  };
  bool all = holds(items);
  std::reverse(items.begin(), items.end());
  all = holds(items) && all;
  kindred::random_stream random(1, 1);
  items.insert(items.end(), items.begin(), items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2));
  kindred::shuffle(random, std::span<kindred::item_id>(items));
  return holds(items) && all;
}

}  // namespace support
