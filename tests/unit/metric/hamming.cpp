// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/hamming.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using kindred::dense_row;
using kindred::hamming;

TEST_CASE_TEMPLATE("hamming: counts the columns that differ, however much", T, float, double) {
  std::vector<T> const a = {1, 2, 3, 0};
  std::vector<T> const b = {1, 5, -100, -T{0}};
  CHECK(hamming{}(dense_row<T>(a), dense_row<T>(b)) == 2);
  CHECK(hamming{}(dense_row<T>(), dense_row<T>()) == 0);
}

TEST_CASE_TEMPLATE("hamming: is exact for every length, and what SciPy 1.10 makes of 37 columns", T, float, double) {
  for (std::size_t n = 0; n != 140; ++n) {
    std::vector<T> a(n, T{1}), b(n, T{1});
    std::size_t differ = 0;
    for (std::size_t k = 0; k < n; k += 3, ++differ) b[k] = 2;
    CHECK(hamming{}(dense_row<T>(a), dense_row<T>(b)) == static_cast<T>(differ));
  }
  CHECK(golden_rows<T>().of(hamming{}) == 36);
}

TEST_CASE_TEMPLATE("hamming: keeps its promises", T, float, double) { check_promises<T>(hamming{}); }
