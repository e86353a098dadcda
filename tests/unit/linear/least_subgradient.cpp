// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/least_subgradient.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

// Of f + 2 |w| at w = 1 the slope is f' + 2, at w = -1 f' - 2; at 0 all of f' - 2 ... f' + 2 are subgradients.
TEST_CASE("least_subgradient: by hand") {
  using kindred::detail::least_subgradient;
  CHECK(least_subgradient(1, 3, 2) == 5);
  CHECK(least_subgradient(-1, 3, 2) == 1);
  CHECK(least_subgradient(0, 3, 2) == 1);
  CHECK(least_subgradient(0, -3, 2) == -1);
  CHECK(least_subgradient(0, 1.5, 2) == 0);
  // The last parameter pays nothing.
  std::vector<double> const w{1, 0, 0}, gradient{2, -3, 4};
  CHECK(kindred::detail::least_subgradient_norm(w, gradient, 2, 2) == doctest::Approx(std::sqrt(16.0 + 1 + 16)));
}
