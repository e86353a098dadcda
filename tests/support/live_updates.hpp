// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "ratings.hpp"
#include "scores.hpp"

#include <kindred/core/id.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/explainer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

// Models that learn from one event at a time, beside what is fitted to all of them.
namespace support {

template <class A, class B>
bool same_reasons(A const& a, B const& b, kindred::index_t users, kindred::index_t items) {
  using T = kindred::value_t<A>;
  std::array<kindred::evidence<T>, 6> of_a, of_b;
  for (kindred::index_t u = 0; u < users; u += 3)
    for (kindred::index_t i = 0; i != items; ++i) {
      auto const x = a.explain(kindred::user_id{u}, kindred::item_id{i}, of_a);
      auto const y = b.explain(kindred::user_id{u}, kindred::item_id{i}, of_b);
      if (x.base != y.base || x.count != y.count) return false;
      for (std::size_t k = 0; k != x.count; ++k)
        if (of_a[k].id != of_b[k].id || of_a[k].share != of_b[k].share) return false;
    }
  return true;
}

// The same scores, reasons and acquaintances, to the bit, for all users and items there are and one more of each.
template <class A, class B>
void check_same_model(A const& a, B const& b, kindred::index_t users, kindred::index_t items) {
  REQUIRE(same_bits(all_scores(a, users + 1, items + 1), all_scores(b, users + 1, items + 1)));
  CHECK(same_reasons(a, b, users + 1, items + 1));
  for (kindred::index_t k = 0; k != users + 1; ++k) CHECK(a.knows(kindred::user_id{k}) == b.knows(kindred::user_id{k}));
  for (kindred::index_t k = 0; k != items + 1; ++k) CHECK(a.knows(kindred::item_id{k}) == b.knows(kindred::item_id{k}));
}

// Starts a model from random events by fit(data) and gives it sixty more: new and changed ones, some of new users and items.
// Calls compare(model, data) with all the events there are, after each few.
template <class T, class Fit, class Compare>
void update_at_random(std::uint64_t seed, Fit const& fit, Compare const& compare) {
  kindred::index_t users = 24, items = 18;
  auto list = random_list(users, items, 0.3, seed);
  auto model = fit(ratings_of<T>(list, {users, items}));
  kindred::random_stream random(seed + 1, 0);
  for (int step = 0; step != 60; ++step) {
    // Now and then somebody or something new, not always the next number.
    kindred::index_t const u = kindred::below(random, users + (step % 7 == 0 ? 3 : 0));
    kindred::index_t const i = kindred::below(random, items + (step % 11 == 0 ? 2 : 0));
    double const value = 1 + kindred::below(random, 9) / 2.0;
    model.update(kindred::user_id{u}, kindred::item_id{i}, static_cast<T>(value));
    users = (std::max)(users, u + 1);
    items = (std::max)(items, i + 1);
    auto const at = std::find_if(list.begin(), list.end(), [&](auto const& s) { return s.user == u && s.item == i; });
    if (at != list.end()) at->value = value;
    else list.push_back({u, i, value});
    if (step % 6 != 5) continue;
    CAPTURE(step);
    auto const data = ratings_of<T>(list, {users, items});
    CHECK(model.item_count() >= items);
    for (kindred::index_t v = 0; v <= users; ++v)
      CHECK(std::ranges::equal(model.of(kindred::user_id{v}).index, data.of(kindred::user_id{v}).index));
    compare(model, data);
  }
}

}  // namespace support
