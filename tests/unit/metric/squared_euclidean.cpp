// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/squared_euclidean.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using kindred::dense_row;
using kindred::squared_euclidean;

TEST_CASE_TEMPLATE("squared_euclidean: 3^2 + 4^2, and two steps of 1 make 4", T, float, double) {
  std::vector<T> const a = {1, 2, 7};
  std::vector<T> const b = {4, 6, 7};
  CHECK(squared_euclidean{}(dense_row<T>(a), dense_row<T>(b)) == 25);
  std::vector<T> const steps = {0, 1, 2};
  auto const place = [&](std::size_t k) { return dense_row<T>(steps).subspan(k, 1); };
  CHECK(squared_euclidean{}(place(0), place(2)) > squared_euclidean{}(place(0), place(1)) * 2);
}

TEST_CASE_TEMPLATE("squared_euclidean: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(squared_euclidean{}, [](auto const& a, auto const& b) {
    long double sum = 0;
    for (std::size_t k = 0; k != a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
    return sum;
  });
  golden_rows<T> const rows;
  CHECK(rows.of(squared_euclidean{}) == doctest::Approx(19.00390625).epsilon(close_enough<T>));
  CHECK(rows.of_signed(squared_euclidean{}) == doctest::Approx(10.16015625).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("squared_euclidean: keeps its promises", T, float, double) {
  check_promises<T>(squared_euclidean{});
}
