// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/closest_so_far.hpp>

#include "../../support/clouds.hpp"

#include <kindred/cluster/dense_row_set.hpp>

#include <doctest/doctest.h>

#include <vector>

using kindred::index_t;

TEST_CASE_TEMPLATE("closest_so_far: four numbers by hand", T, float, double) {
  // From 0: 0, 1, 9, 16 squared. With 3 as well: 0, 1, 0, 1; with 4: 0, 1, 1, 0.
  support::table<T> const t{4, 1, {0, 1, 3, 4}};
  kindred::sequential ex;
  kindred::detail::dense_row_set<T> const rows(t.view(), {}, kindred::row_length::as_is, ex);
  kindred::detail::closest_so_far<kindred::detail::dense_row_set<T>> reach(rows);
  reach.choose(0, ex);
  CHECK(reach.measure(ex) == doctest::Approx(26));
  CHECK(reach.squared(3) == doctest::Approx(16));
  kindred::random_stream random(1, 0);
  for (int k = 0; k != 20; ++k) CHECK(reach.draw(random) != 0);
  auto const with = reach.with(std::vector<index_t>{2, 3}, ex);
  CHECK(with[0] == doctest::Approx(2));
  CHECK(with[1] == doctest::Approx(2));
  reach.choose_of(1);
  CHECK(reach.squared(2) == doctest::Approx(1));
  CHECK(reach.squared(3) == 0);
  reach.choose(1, ex);
  reach.choose(2, ex);
  CHECK(reach.measure(ex) == 0);
  CHECK(reach.draw(random) == kindred::index_limit);
}
