// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/euclidean.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::dense_row;
using kindred::euclidean;

TEST_CASE_TEMPLATE("euclidean: a triangle of 3, 4 and 5", T, float, double) {
  std::vector<T> const a = {1, 2, 7};
  std::vector<T> const b = {4, 6, 7};  // gaps 3, 4, 0
  CHECK(euclidean{}(dense_row<T>(a), dense_row<T>(b)) == 5);
  CHECK(euclidean{}(dense_row<T>(a), dense_row<T>(a)) == 0);
  CHECK(euclidean{}(dense_row<T>(), dense_row<T>()) == 0);
}

TEST_CASE_TEMPLATE("euclidean: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(euclidean{}, [](auto const& a, auto const& b) {
    long double sum = 0;
    for (std::size_t k = 0; k != a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
    return std::sqrt(sum);
  });
  golden_rows<T> const rows;
  CHECK(rows.of(euclidean{}) == doctest::Approx(4.359346998117952).epsilon(close_enough<T>));
  CHECK(rows.of_signed(euclidean{}) == doctest::Approx(3.1875).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("euclidean: keeps its promises", T, float, double) { check_promises<T>(euclidean{}); }

TEST_CASE_TEMPLATE("euclidean: rows of huge numbers are infinitely far apart", T, float, double) {
  std::vector<T> const far(40, (std::numeric_limits<T>::max)() / 4);
  std::vector<T> const here(40, T{0});
  T const distance = euclidean{}(dense_row<T>(far), dense_row<T>(here));
  CHECK(distance > (std::numeric_limits<T>::max)());
}
