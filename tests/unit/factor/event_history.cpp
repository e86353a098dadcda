// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/event_history.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <array>

using kindred::item_id;
using kindred::user_id;

// User 0 did something to items 0 (value 2), 1 (1) and 3 (4); user 1 to item 3. Item 2 is nobody's, user 2 did nothing.
TEST_CASE_TEMPLATE("event_history: who and what is known, and which events make up a score", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 2}, {0, 1, 1}, {0, 3, 4}, {1, 3, 1}}, {3, 4});
  kindred::detail::event_history<T> const events(data);
  CHECK(events.items() == 4);
  CHECK(events.knows(user_id{0}));
  CHECK(!events.knows(user_id{2}));
  CHECK(!events.knows(user_id{9}));
  CHECK(events.of(user_id{9}).empty());
  CHECK(events.knows(item_id{3}));
  CHECK(!events.knows(item_id{2}));
  CHECK(!events.knows(item_id{4}));

  // Item j says j - 1 of every item: 2 x -1, 1 x 0, 4 x 2. What says nothing is no reason.
  auto const weight = [](item_id from, item_id) { return static_cast<T>(kindred::to_index(from)) - 1; };
  std::array<kindred::evidence<T>, 3> why;
  auto const all = events.explain(user_id{0}, item_id{1}, why, weight);
  CHECK(all.base == 0);
  REQUIRE(all.count == 2);
  CHECK(why[0].id == 3);
  CHECK(why[0].share == 8);
  CHECK(why[1].id == 0);
  CHECK(why[1].share == -2);
  CHECK(events.explain(user_id{0}, item_id{2}, why, weight).count == 0);
  CHECK(events.explain(user_id{2}, item_id{1}, why, weight).count == 0);
}
