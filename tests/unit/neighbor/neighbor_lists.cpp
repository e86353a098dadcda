// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/neighbor_lists.hpp>

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using kindred::neighbor;

TEST_CASE_TEMPLATE("is_closer: the larger value, of equal ones the lower id", T, float, double) {
  CHECK(kindred::is_closer(neighbor<T>{7, 2}, neighbor<T>{3, 1}));
  CHECK(!kindred::is_closer(neighbor<T>{3, 1}, neighbor<T>{7, 2}));
  CHECK(kindred::is_closer(neighbor<T>{3, 1}, neighbor<T>{7, 1}));
  CHECK(!kindred::is_closer(neighbor<T>{7, 1}, neighbor<T>{3, 1}));
  CHECK(!kindred::is_closer(neighbor<T>{3, 1}, neighbor<T>{3, 1}));
  CHECK(kindred::is_closer(neighbor<T>{3, T{-0.0}}, neighbor<T>{7, T{0.0}}));  // zeros are equal
}

TEST_CASE("neighbor_lists: rows of different lengths, none beyond the last") {
  kindred::neighbor_lists<float> lists({0, 2, 2, 3}, {{5, 0.5f}, {1, 0.25f}, {0, 1}});
  CHECK(lists.rows() == 3);
  CHECK(lists.size() == 3);
  CHECK(lists.of(0).size() == 2);
  CHECK(lists.of(0)[1] == neighbor<float>{1, 0.25f});
  CHECK(lists.of(1).empty());
  CHECK(lists.of(2)[0] == neighbor<float>{0, 1});
  CHECK(lists.of(3).empty());
  CHECK(lists.of(4'294'967'295u).empty());

  auto const to = std::move(lists);
  CHECK(to.rows() == 3);
  CHECK(lists.rows() == 0);  // NOLINT(bugprone-use-after-move)
  CHECK(lists.of(0).empty());
}

TEST_CASE("transposed: who has whom among their neighbors") {
  kindred::neighbor_lists<float> const lists({0, 2, 2, 3, 4}, {{2, 0.5f}, {1, 0.25f}, {1, 1}, {2, 0.75f}});
  auto const back = kindred::transposed(lists, 5);
  CHECK(back.rows() == 5);
  CHECK(back.view().columns() == 4);
  CHECK(back.row(0).empty());
  REQUIRE(back.row(1).size() == 2);  // 0 with 0.25 and 2 with 1
  CHECK(back.row(1).index[0] == 0);
  CHECK(back.row(1).value[0] == 0.25f);
  CHECK(back.row(1).index[1] == 2);
  CHECK(back.row(1).value[1] == 1);
  REQUIRE(back.row(2).size() == 2);  // 0 with 0.5 and 3 with 0.75
  CHECK(back.row(2).index[1] == 3);
  CHECK(back.row(2).value[1] == 0.75f);
  CHECK(back.row(4).empty());
  CHECK(kindred::transposed(kindred::neighbor_lists<float>({0}, {}), 0).rows() == 0);
}
