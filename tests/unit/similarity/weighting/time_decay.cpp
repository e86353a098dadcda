// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighting/time_decay.hpp>

#include "../../../support/error_of.hpp"
#include "../../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

using kindred::item_id;
using kindred::prepared;
using kindred::user_id;

TEST_CASE_TEMPLATE("time_decay: half of it is left after a half-life", T, float, double) {
  kindred::rating_table<T> table;
  table.add(user_id{0}, item_id{0}, 8, 1000);
  table.add(user_id{0}, item_id{1}, 8, 1100);
  table.add(user_id{1}, item_id{0}, 4, 1300);
  auto const seen = prepared<item_id>(kindred::time_decay{.half_life = 100}, kindred::ratings<T>::from(table));
  CHECK(seen.of(user_id{0}).value[0] == 1);
  CHECK(seen.of(user_id{0}).value[1] == 2);
  CHECK(seen.of(user_id{1}).value[0] == 4);
}

TEST_CASE("time_decay: needs times, and a half-life; ages beyond reason are zero, not wrong") {
  auto const untimed = support::ratings_of<double>({{0, 0, 1}});
  auto const e = support::error_of([&] { static_cast<void>(prepared<item_id>(kindred::time_decay{}, untimed)); });
  CHECK(e.kind() == kindred::error_kind::data);
  CHECK(support::says(e, "no times"));
  CHECK(prepared<item_id>(kindred::time_decay{}, kindred::ratings<double>{}).empty());
  CHECK(support::says(support::error_of([] { kindred::time_decay{.half_life = 0}.check(); }), "time_decay: half_life"));
  kindred::rating_table<double> table;
  table.add(user_id{0}, item_id{0}, 1, std::numeric_limits<std::int64_t>::min());
  table.add(user_id{0}, item_id{1}, 1, std::numeric_limits<std::int64_t>::max());
  auto const seen = prepared<item_id>(kindred::time_decay{}, kindred::ratings<double>::from(table));
  CHECK(seen.of(user_id{0}).value[0] == 0);
  CHECK(seen.of(user_id{0}).value[1] == 1);
}
