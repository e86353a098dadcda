// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/angular.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <vector>

using kindred::angular;
using kindred::dense_row;

TEST_CASE_TEMPLATE("angular: an eighth, a quarter and half of a turn", T, float, double) {
  std::vector<T> const east = {2, 0}, west = {-7, 0}, between = {3, 3}, north = {0, 1}, none = {0, 0};
  auto const far = [](auto const& x, auto const& y) {
    return static_cast<double>(angular{}(dense_row<T>(x), dense_row<T>(y)));
  };
  constexpr double pi = std::numbers::pi;
  CHECK(far(east, between) == doctest::Approx(pi / 4).epsilon(close_enough<T>));
  CHECK(far(east, north) == doctest::Approx(pi / 2).epsilon(close_enough<T>));
  CHECK(far(east, west) == doctest::Approx(pi).epsilon(close_enough<T>));
  CHECK(far(none, east) == doctest::Approx(pi / 2).epsilon(close_enough<T>));
  CHECK(far(none, none) == 0);
  CHECK(far(between, between) == 0);
  std::vector<T> const huge(2, (std::numeric_limits<T>::max)());
  CHECK(far(huge, east) == doctest::Approx(pi / 2).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("angular: tells directions apart that a cosine of 1 does not", T, float, double) {
  T const small = std::numeric_limits<T>::epsilon() * 64;  // its square is far below a rounding of 1
  std::vector<T> const a = {1, 0, 0}, b = {1, small, 0};
  CHECK(static_cast<double>(angular{}(dense_row<T>(a), dense_row<T>(b))) ==
        doctest::Approx(static_cast<double>(small)).epsilon(0.05));
}

TEST_CASE_TEMPLATE("angular: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(angular{}, [](auto const& a, auto const& b) -> long double {
    long double ab = 0, aa = 0, bb = 0;
    for (std::size_t k = 0; k != a.size(); ++k) {
      ab += a[k] * b[k];
      aa += a[k] * a[k];
      bb += b[k] * b[k];
    }
    if (a.empty()) return 0;
    long double const c = ab / std::sqrt(aa * bb);
    return std::acos(c > 1 ? 1 : c < -1 ? -1 : c);
  });
  CHECK(golden_rows<T>().of_signed(angular{}) == doctest::Approx(1.548951571202346).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("angular: keeps its promises", T, float, double) { check_promises<T>(angular{}); }
