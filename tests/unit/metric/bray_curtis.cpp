// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/bray_curtis.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using kindred::bray_curtis;
using kindred::dense_row;

TEST_CASE_TEMPLATE("bray_curtis: of 20 things 4 are in one and not in the other", T, float, double) {
  std::vector<T> const a = {6, 0, 4};  // 10
  std::vector<T> const b = {4, 1, 5};  // 10; gaps 2 + 1 + 1 = 4
  CHECK(bray_curtis{}(dense_row<T>(a), dense_row<T>(b)) == T{4} / T{20});
  std::vector<T> const none(3, T{0});
  CHECK(bray_curtis{}(dense_row<T>(none), dense_row<T>(none)) == 0);
  CHECK(bray_curtis{}(dense_row<T>(none), dense_row<T>(a)) == 1);
}

TEST_CASE_TEMPLATE("bray_curtis: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(bray_curtis{}, [](auto const& a, auto const& b) {
    long double gaps = 0, sizes = 0;
    for (std::size_t k = 0; k != a.size(); ++k) {
      gaps += std::abs(a[k] - b[k]);
      sizes += std::abs(a[k]) + std::abs(b[k]);
    }
    return sizes > 0 ? gaps / sizes : 0;
  });
  CHECK(golden_rows<T>().of(bray_curtis{}) == doctest::Approx(0.4722598105548038).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("bray_curtis: keeps its promises, which are not those of a metric", T, float, double) {
  check_promises<T>(bray_curtis{});
  // From {1, 0} to {0, 1} it is 1; by way of {1, 1} only 1/3 + 1/3.
  std::vector<T> const a = {1, 0}, b = {1, 1}, c = {0, 1};
  auto const far = [](auto const& x, auto const& y) { return bray_curtis{}(dense_row<T>(x), dense_row<T>(y)); };
  CHECK(far(a, c) > far(a, b) + far(b, c));
}
