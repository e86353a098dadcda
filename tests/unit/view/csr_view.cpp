// SPDX-License-Identifier: BSL-1.0
#include <kindred/view/csr_view.hpp>

#include <doctest/doctest.h>

#include <vector>

using kindred::csr_view;
using kindred::index_t;
using kindred::offset_t;

TEST_CASE_TEMPLATE("csr_view: rows by their offsets", T, float, double) {
  // 1 . 2
  // . . .
  // . 3 .
  std::vector<offset_t> const offset = {0, 2, 2, 3};
  std::vector<index_t> const index = {0, 2, 1};
  std::vector<T> const value = {1, 2, 3};
  csr_view<T> const matrix(kindred::unchecked, offset, index, value, 3);
  CHECK(matrix.rows() == 3);
  CHECK(matrix.columns() == 3);
  CHECK(matrix.size() == 3);
  REQUIRE(matrix.row(0).size() == 2);
  CHECK(matrix.row(0).index[1] == 2);
  CHECK(matrix.row(0).value[1] == 2);
  CHECK(matrix.row(1).empty());
  REQUIRE(matrix.row(2).size() == 1);
  CHECK(matrix.row(2).index[0] == 1);
  CHECK(matrix.row(2).value[0] == 3);
  CHECK(matrix.offset().data() == offset.data());
  CHECK(matrix.index().data() == index.data());
  CHECK(matrix.value().data() == value.data());
}

TEST_CASE("csr_view: of nothing, and of empty rows") {
  csr_view<float> const none;
  CHECK(none.rows() == 0);
  CHECK(none.columns() == 0);
  CHECK(none.size() == 0);
  std::vector<offset_t> const offset = {0, 0, 0};
  csr_view<float> const silent(kindred::unchecked, offset, {}, {}, 9);
  CHECK(silent.rows() == 2);
  CHECK(silent.columns() == 9);
  CHECK(silent.row(1).empty());
}
