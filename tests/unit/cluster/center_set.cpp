// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/center_set.hpp>

#include <doctest/doctest.h>

#include <cmath>

TEST_CASE_TEMPLATE("center_set: lengths and moves, never too short", T, float, double) {
  kindred::detail::center_set<T> centers(3, 2);
  centers.row(1)[0] = 3;
  centers.row(1)[1] = 4;
  centers.row(2)[0] = 1;
  for (kindred::index_t c = 0; c != 3; ++c) centers.settle(c, c == 1 ? 2 : 0);
  centers.settle_all();
  CHECK(centers.size() == 3);
  CHECK(centers.dims() == 2);
  CHECK(centers.squared_length(1) == 25);
  CHECK(static_cast<double>(centers.drift(1)) >= std::sqrt(2.0));
  CHECK(static_cast<double>(centers.drift(1)) == doctest::Approx(std::sqrt(2.0)));
  CHECK(centers.drift(0) == 0);
  CHECK(centers.longest() >= 5);
  CHECK(static_cast<double>(centers.longest()) == doctest::Approx(5));
}
