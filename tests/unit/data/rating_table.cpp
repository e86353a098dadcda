// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/rating_table.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using kindred::item_id;
using kindred::rating_table;
using kindred::user_id;

TEST_CASE_TEMPLATE("rating_table: columns grow together", T, float, double) {
  rating_table<T> table;
  CHECK(table.empty());
  CHECK_FALSE(table.timed());
  CHECK_FALSE(table.weighted());

  table.add(user_id{1}, item_id{2}, T{3});
  CHECK(table.size() == 1);
  CHECK_FALSE(table.empty());
  CHECK_FALSE(table.timed());
  CHECK_FALSE(table.weighted());

  rating_table<T> timed;
  timed.add(user_id{1}, item_id{2}, T{3}, -4);
  CHECK(timed.timed());
  CHECK_FALSE(timed.weighted());
  CHECK(timed.time == std::vector<std::int64_t>{-4});

  rating_table<T> weighted;
  weighted.add(user_id{1}, item_id{2}, T{3}, 4, T{0.5});
  CHECK(weighted.timed());
  CHECK(weighted.weighted());
  CHECK(weighted.user == std::vector{user_id{1}});
  CHECK(weighted.item == std::vector{item_id{2}});
  CHECK(weighted.value == std::vector{T{3}});
  CHECK(weighted.weight == std::vector{T{0.5}});
}
