// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"

#include <kindred/data/ratings.hpp>

#include <string>
#include <vector>

// What the demo works on: ratings, and names to show for their users and items.
struct shop_data {
  std::string title;    // "A generated shop", "u.data"
  std::string account;  // one sentence: where it comes from
  kindred::ratings<float> ratings;
  std::vector<std::string> people;
  std::vector<std::string> items;
  std::vector<std::vector<kindred::user_id>> friends;  // of each user; empty when nothing is known of friendships
  double relevant_from = 4;                            // ratings from here on count as "liked"

  [[nodiscard]] std::string const& name(kindred::user_id u) const { return people[kindred::to_index(u)]; }
  [[nodiscard]] std::string const& name(kindred::item_id i) const { return items[kindred::to_index(i)]; }
};

// Generates the world, or reads the files. Throws kindred::error with one sentence when there is nothing to learn from.
[[nodiscard]] shop_data load(arguments const& asked);
