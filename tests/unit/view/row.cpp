// SPDX-License-Identifier: BSL-1.0
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

using kindred::index_t;
using kindred::position_of;

TEST_CASE("position_of: as a search from the front, in rows of every length up to 40") {
  for (index_t length = 0; length != 40; ++length) {
    std::vector<index_t> index;
    for (index_t k = 0; k != length; ++k) index.push_back(3 * k + 1);
    for (index_t column = 0; column != 3 * length + 3; ++column)
      CHECK(position_of(index, column) ==
            static_cast<std::size_t>(std::find(index.begin(), index.end(), column) - index.begin()));
  }
}

TEST_CASE("position_of: the largest column") {
  std::vector<index_t> const index = {0, 4294967295u};
  CHECK(position_of(index, 4294967295u) == 1);
  CHECK(position_of(index, 4294967294u) == 2);
}

TEST_CASE_TEMPLATE("sparse_row: its size is that of its columns", T, float, double) {
  kindred::sparse_row<T> const none;
  CHECK(none.empty());
  CHECK(none.size() == 0);
  std::vector<index_t> const index = {2, 5};
  std::vector<T> const value = {1, 2};
  kindred::sparse_row<T> const row{index, value};
  CHECK_FALSE(row.empty());
  CHECK(row.size() == 2);
}

TEST_CASE("row_or_none: a row that there is, and an empty one that there is not") {
  std::vector<kindred::offset_t> const offset = {0, 1, 2};
  std::vector<index_t> const index = {0, 1};
  std::vector<float> const value = {3, 4};
  kindred::csr_view<float> const rows(kindred::unchecked, offset, index, value, 2);
  CHECK(kindred::detail::row_or_none(rows, 1).value[0] == 4);
  CHECK(kindred::detail::row_or_none(rows, 2).empty());
  CHECK(kindred::detail::row_or_none(rows, ~index_t{0}).empty());
}
