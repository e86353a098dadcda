// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/cosine_distance.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::cosine_distance;
using kindred::dense_row;

TEST_CASE_TEMPLATE("cosine_distance: 3-4-5 against an axis, and directions that oppose", T, float, double) {
  std::vector<T> const a = {3, 4}, east = {2, 0}, west = {-7, 0}, north = {0, 1}, none = {0, 0};
  auto const far = [](auto const& x, auto const& y) {
    return static_cast<double>(cosine_distance{}(dense_row<T>(x), dense_row<T>(y)));
  };
  CHECK(far(a, east) == doctest::Approx(1 - 3.0 / 5).epsilon(close_enough<T>));
  CHECK(far(east, west) == 2);
  CHECK(far(east, north) == 1);
  CHECK(far(none, a) == 1);
  CHECK(far(none, none) == 1);
  std::vector<T> const huge(2, (std::numeric_limits<T>::max)());
  CHECK(far(huge, a) == 1);
}

TEST_CASE_TEMPLATE("cosine_distance: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(cosine_distance{}, [](auto const& a, auto const& b) {
    long double ab = 0, aa = 0, bb = 0;
    for (std::size_t k = 0; k != a.size(); ++k) {
      ab += a[k] * b[k];
      aa += a[k] * a[k];
      bb += b[k] * b[k];
    }
    return aa > 0 && bb > 0 ? 1 - ab / std::sqrt(aa * bb) : 1;
  });
  golden_rows<T> const rows;
  CHECK(rows.of(cosine_distance{}) == doctest::Approx(0.22748958825385768).epsilon(close_enough<T>));
  CHECK(rows.of_signed(cosine_distance{}) == doctest::Approx(0.9781569817280027).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("cosine_distance: keeps its promises", T, float, double) { check_promises<T>(cosine_distance{}); }
