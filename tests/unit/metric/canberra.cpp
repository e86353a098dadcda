// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/canberra.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using kindred::canberra;
using kindred::dense_row;

TEST_CASE_TEMPLATE("canberra: 1/3 for 1 and 2, 1 for 0 and 5, 0 for 0 and 0", T, float, double) {
  std::vector<T> const a = {1, 0, 0, -2};
  std::vector<T> const b = {2, 5, 0, 2};  // 1/3 + 5/5 + 0 + 4/4
  CHECK(static_cast<double>(canberra{}(dense_row<T>(a), dense_row<T>(b))) ==
        doctest::Approx(7.0 / 3).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("canberra: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(canberra{}, [](auto const& a, auto const& b) {
    long double sum = 0;
    for (std::size_t k = 0; k != a.size(); ++k) {
      long double const size = std::abs(a[k]) + std::abs(b[k]);
      if (size > 0) sum += std::abs(a[k] - b[k]) / size;
    }
    return sum;
  });
  golden_rows<T> const rows;
  CHECK(rows.of(canberra{}) == doctest::Approx(16.566231197064035).epsilon(close_enough<T>));
  CHECK(rows.of_signed(canberra{}) == doctest::Approx(26.877006653477245).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("canberra: keeps its promises", T, float, double) { check_promises<T>(canberra{}); }
