// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/hellinger.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using kindred::dense_row;
using kindred::hellinger;

TEST_CASE_TEMPLATE("hellinger: distributions that exclude each other are 1 apart", T, float, double) {
  std::vector<T> const a = {0.375, 0.625, 0, 0}, b = {0, 0, 0.25, 0.75};
  CHECK(hellinger{}(dense_row<T>(a), dense_row<T>(a)) == 0);
  CHECK(static_cast<double>(hellinger{}(dense_row<T>(a), dense_row<T>(b))) ==
        doctest::Approx(1).epsilon(close_enough<T>));
  std::vector<T> const negative = {0.375, 0.625, -3, 0};
  CHECK(hellinger{}(dense_row<T>(a), dense_row<T>(negative)) == 0);
}

TEST_CASE_TEMPLATE("hellinger: agrees with long double and with NumPy", T, float, double) {
  check_twin<T>(
      hellinger{},
      [](auto const& a, auto const& b) {
        long double sum = 0;
        for (std::size_t k = 0; k != a.size(); ++k)
          sum += (std::sqrt(a[k]) - std::sqrt(b[k])) * (std::sqrt(a[k]) - std::sqrt(b[k]));
        return std::sqrt(sum / 2);
      },
      values::positive);
  CHECK(golden_rows<T>().of(hellinger{}) == doctest::Approx(1.9521975694562959).epsilon(close_enough<T>));
  std::vector<T> const p = {0.5, 0.25, 0.125, 0.125}, q = {0.125, 0, 0.375, 0.5};
  CHECK(static_cast<double>(hellinger{}(dense_row<T>(p), dense_row<T>(q))) ==
        doctest::Approx(0.532441216524313).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("hellinger: keeps its promises", T, float, double) { check_promises<T>(hellinger{}); }
