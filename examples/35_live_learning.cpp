// SPDX-License-Identifier: BSL-1.0

// A model learns single events while requests read it.

#include <kindred/data/ratings.hpp>
#include <kindred/factor/live_als.hpp>
#include <kindred/serve/learning.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <iostream>
#include <utility>

int main() {
  auto const all = kindred::ratings<float>::from(
      kindred::testing::generate_ratings({.users = 200, .items = 120, .ratings = 4000, .rank = 4}));

  // [learn]
  // Events of the day go into the model at once, and are shown ten at a time.
  auto start = kindred::fit(kindred::live_als<>{.als = {.factors = 8, .sweeps = 3}}, all).model;
  kindred::learning<decltype(start)> live{std::move(start), 10};
  kindred::user_id const newcomer{all.user_count()};
  std::cout << "the newcomer is " << (live.now()->knows(newcomer) ? "known" : "unknown");
  for (kindred::index_t i = 0; i != 10; ++i) live.update(newcomer, kindred::item_id{3 * i}, 1);
  std::cout << ", and after ten events " << (live.now()->knows(newcomer) ? "known" : "unknown") << '\n';
  // [/learn]
}
