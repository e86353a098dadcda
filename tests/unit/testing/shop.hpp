// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/generate.hpp>

#include <cstddef>

// The world that these tests look at, generated once, and what they count in it.

inline kindred::testing::world const& shop() {
  static kindred::testing::world const the_shop =
      kindred::testing::generate({.users = 2000, .products = 1000, .seed = 7});
  return the_shop;
}

inline std::size_t count_of(kindred::testing::world const& shop, kindred::testing::event_kind kind) {
  std::size_t count = 0;
  for (auto const& e : shop.events) count += e.kind == kind ? 1 : 0;
  return count;
}
