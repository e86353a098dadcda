// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/segment_profile.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::index_t;
using labels = std::vector<index_t>;

TEST_CASE_TEMPLATE("describe_segments: two segments by hand", T, float, double) {
  // Column 0: 1, 3 | 8; all: mean 4, squares 9 + 1 + 16, deviation sqrt(26/3). Column 1 is the same for all.
  support::table<T> const t{3, 2, {1, 5, 3, 5, 8, 5}};
  auto const found = kindred::describe_segments(t.view(), labels{0, 0, 1}, 3);
  REQUIRE(found.size() == 3);
  CHECK(found[0].rows == 2);
  CHECK(found[0].share == doctest::Approx(2 / 3.0));
  REQUIRE(found[0].traits.size() == 2);
  CHECK(found[0].traits[0].column == 0);
  CHECK(found[0].traits[0].mean == doctest::Approx(2));
  CHECK(found[0].traits[0].others == doctest::Approx(8));
  CHECK(found[0].traits[0].deviation == doctest::Approx(1));
  CHECK(found[0].traits[0].effect == doctest::Approx(-6 / std::sqrt(26 / 3.0)));
  CHECK(found[0].traits[1].effect == 0);
  CHECK(found[1].traits[0].effect == doctest::Approx(6 / std::sqrt(26 / 3.0)));
  CHECK(found[2].rows == 0);
  CHECK(found[2].traits.empty());
  // Everybody in one segment: nobody else to differ from.
  CHECK(kindred::describe_segments(t.view(), labels{0, 0, 0}, 1)[0].traits[0].effect == 0);
  CHECK(support::says(
      support::error_of([&] { static_cast<void>(kindred::describe_segments(t.view(), labels{0, 0, 4}, 2)); }),
      "a label 4 among 2"));
}
