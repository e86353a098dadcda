// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/balanced_weights.hpp>

#include <doctest/doctest.h>

#include <span>
#include <vector>

// One of four is yes: it weighs 4 / 2, the others 4 / 6.
TEST_CASE_TEMPLATE("balanced_weights: both kinds weigh alike", T, float, double) {
  std::vector<T> const label{0, 1, 0, 0};
  auto const weight = kindred::balanced_weights(std::span<T const>(label));
  CHECK(weight[1] == 2);
  CHECK(static_cast<double>(weight[0]) == doctest::Approx(2.0 / 3));
  std::vector<T> const alike{1, 1};
  CHECK(kindred::balanced_weights(std::span<T const>(alike)) == std::vector<T>{1, 1});
  CHECK(kindred::balanced_weights(std::span<T const>()).empty());
}
