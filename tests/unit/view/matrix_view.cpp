// SPDX-License-Identifier: BSL-1.0
#include <kindred/view/matrix_view.hpp>

#include <doctest/doctest.h>

#include <vector>

using kindred::matrix_view;

TEST_CASE_TEMPLATE("matrix_view: rows of `columns` numbers, `stride` apart", T, float, double) {
  // Three rows of two, padded to four.
  std::vector<T> const data = {1, 2, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0};
  matrix_view<T> const matrix(kindred::unchecked, data.data(), 3, 2, 4);
  CHECK(matrix.rows() == 3);
  CHECK(matrix.columns() == 2);
  CHECK(matrix.stride() == 4);
  CHECK(matrix.data() == data.data());
  for (kindred::index_t r = 0; r != 3; ++r) {
    REQUIRE(matrix.row(r).size() == 2);
    CHECK(matrix.row(r)[0] == static_cast<T>(2 * r + 1));
    CHECK(matrix.row(r)[1] == static_cast<T>(2 * r + 2));
  }
}

TEST_CASE("matrix_view: of nothing") {
  matrix_view<float> const none;
  CHECK(none.rows() == 0);
  CHECK(none.columns() == 0);
  CHECK(none.data() == nullptr);
}
