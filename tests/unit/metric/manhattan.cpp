// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/manhattan.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using kindred::dense_row;
using kindred::manhattan;

TEST_CASE_TEMPLATE("manhattan: 3 blocks east and 4 north", T, float, double) {
  std::vector<T> const a = {1, 6, 7};
  std::vector<T> const b = {4, 2, 7};
  CHECK(manhattan{}(dense_row<T>(a), dense_row<T>(b)) == 7);
  CHECK(manhattan{}(dense_row<T>(), dense_row<T>()) == 0);
}

TEST_CASE_TEMPLATE("manhattan: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(manhattan{}, [](auto const& a, auto const& b) {
    long double sum = 0;
    for (std::size_t k = 0; k != a.size(); ++k) sum += std::abs(a[k] - b[k]);
    return sum;
  });
  golden_rows<T> const rows;
  CHECK(rows.of(manhattan{}) == doctest::Approx(21.8125).epsilon(close_enough<T>));
  CHECK(rows.of_signed(manhattan{}) == doctest::Approx(15.6875).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("manhattan: keeps its promises", T, float, double) { check_promises<T>(manhattan{}); }
