// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/correlation.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using kindred::correlation;
using kindred::dense_row;

TEST_CASE_TEMPLATE("correlation: level and scale do not matter", T, float, double) {
  std::vector<T> const a = {1, 2, 3, 6}, up = {105, 110, 115, 130}, down = {-1, -2, -3, -6}, flat = {5, 5, 5, 5};
  // Less their means, {-2, -1, 0, 3} and {1, -1, 1, -1}: product -2 + 1 + 0 - 3 = -4, squares 14 and 4.
  std::vector<T> const zigzag = {7, 5, 7, 5};
  auto const far = [](auto const& x, auto const& y) {
    return static_cast<double>(correlation{}(dense_row<T>(x), dense_row<T>(y)));
  };
  CHECK(std::abs(far(a, up)) <= close_enough<T>);
  CHECK(far(a, down) == doctest::Approx(2).epsilon(close_enough<T>));
  CHECK(far(a, zigzag) == doctest::Approx(1 + 4 / std::sqrt(14.0 * 4)).epsilon(close_enough<T>));
  CHECK(far(a, flat) == 1);
  CHECK(far(flat, flat) == 1);
  CHECK(correlation{}(dense_row<T>(), dense_row<T>()) == 1);
}

TEST_CASE_TEMPLATE("correlation: a constant row whose mean is rounded is constant", T, float, double) {
  std::vector<T> const flat(37, T{0.1f});
  auto const other = random_values<T>(37, 1, values::normal);
  CHECK(correlation{}(dense_row<T>(flat), dense_row<T>(other)) == 1);
}

TEST_CASE_TEMPLATE("correlation: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(correlation{}, [](auto const& a, auto const& b) -> long double {
    if (a.size() < 2) return 1;
    long double mean_a = 0, mean_b = 0, ab = 0, aa = 0, bb = 0;
    for (auto const x : a) mean_a += x / static_cast<long double>(a.size());
    for (auto const x : b) mean_b += x / static_cast<long double>(b.size());
    for (std::size_t k = 0; k != a.size(); ++k) {
      ab += (a[k] - mean_a) * (b[k] - mean_b);
      aa += (a[k] - mean_a) * (a[k] - mean_a);
      bb += (b[k] - mean_b) * (b[k] - mean_b);
    }
    return 1 - ab / std::sqrt(aa * bb);
  });
  golden_rows<T> const rows;
  CHECK(rows.of(correlation{}) == doctest::Approx(1.0247442581829522).epsilon(close_enough<T>));
  CHECK(rows.of_signed(correlation{}) == doctest::Approx(0.9752557418170479).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("correlation: keeps its promises", T, float, double) { check_promises<T>(correlation{}); }
