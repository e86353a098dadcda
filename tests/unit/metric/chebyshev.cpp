// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/chebyshev.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using kindred::chebyshev;
using kindred::dense_row;

TEST_CASE_TEMPLATE("chebyshev: the larger of 3 and 4", T, float, double) {
  std::vector<T> const a = {1, 6, 7};
  std::vector<T> const b = {4, 2, 7};
  CHECK(chebyshev{}(dense_row<T>(a), dense_row<T>(b)) == 4);
  CHECK(chebyshev{}(dense_row<T>(), dense_row<T>()) == 0);
}

TEST_CASE_TEMPLATE("chebyshev: finds the largest gap in every column of every length", T, float, double) {
  for (std::size_t n = 1; n != 70; ++n) {
    std::vector<T> a(n, T{1});
    std::vector<T> const b(n, T{2});
    for (std::size_t k = 0; k != n; ++k) {
      a[k] = -3;
      CHECK(chebyshev{}(dense_row<T>(a), dense_row<T>(b)) == 5);
      a[k] = 1;
    }
  }
}

TEST_CASE_TEMPLATE("chebyshev: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(chebyshev{}, [](auto const& a, auto const& b) {
    long double largest = 0;
    for (std::size_t k = 0; k != a.size(); ++k) largest = std::max(largest, std::abs(a[k] - b[k]));
    return largest;
  });
  golden_rows<T> const rows;
  CHECK(rows.of(chebyshev{}) == 1.4375);
  CHECK(rows.of_signed(chebyshev{}) == 1.1875);
}

TEST_CASE_TEMPLATE("chebyshev: keeps its promises", T, float, double) { check_promises<T>(chebyshev{}); }
