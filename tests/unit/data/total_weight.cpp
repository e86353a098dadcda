// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/total_weight.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

TEST_CASE_TEMPLATE("total_weight: the sum of weights, or how many ratings there are", T, float, double) {
  auto const sum = [](kindred::ratings<T> const& data) { return kindred::detail::total_weight(data); };
  CHECK(sum(support::weighted_ratings_of<T>({{0, 0, 1, 2}, {0, 2, 2, 0.5}, {3, 1, 6, 1.5}})) == 4);
  CHECK(sum(support::ratings_of<T>({{0, 0, 1}, {4, 1, 6}})) == 2);
  CHECK(sum({}) == 0);
}
