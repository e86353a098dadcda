// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/dot_product.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using kindred::dense_row;
using kindred::dot_product;

TEST_CASE_TEMPLATE("dot_product: 1 4 + 2 5 + 3 6", T, float, double) {
  std::vector<T> const a = {1, 2, 3}, b = {4, 5, 6};
  CHECK(dot_product{}(dense_row<T>(a), dense_row<T>(b)) == 32);
}

TEST_CASE_TEMPLATE("dot_product: agrees with long double", T, float, double) {
  check_twin<T>(
      dot_product{},
      [](auto const& a, auto const& b) {
        long double sum = 0;
        for (std::size_t k = 0; k != a.size(); ++k) sum += a[k] * b[k];
        return sum;
      },
      values::positive);
}

TEST_CASE_TEMPLATE("dot_product: keeps its promises", T, float, double) { check_promises<T>(dot_product{}); }
