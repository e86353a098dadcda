// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/divergence.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <span>
#include <vector>

namespace {

template <class T>
double largest(std::vector<T> const& values) {
  return kindred::largest_magnitude(std::span<T const>(values));
}

}  // namespace

TEST_CASE("raise_diverged: names the epoch") {
  auto const e = support::error_of([] { kindred::raise_diverged(12); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(e.row() == 12);
  CHECK(support::says(e, "epoch 12"));
}

TEST_CASE_TEMPLATE("largest_magnitude: whatever the sign, infinite for what is not finite", T, float, double) {
  CHECK(largest<T>({}) == 0);
  CHECK(largest<T>({0, -0.0f}) == 0);
  CHECK(largest<T>({1, -3, 2}) == 3);
  constexpr T huge = (std::numeric_limits<T>::max)();
  CHECK(largest<T>({1, -huge}) == static_cast<double>(huge));
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(largest<T>({1, std::numeric_limits<T>::infinity()}) == infinity);
  CHECK(largest<T>({-std::numeric_limits<T>::infinity(), 1}) == infinity);
  CHECK(largest<T>({1, std::numeric_limits<T>::quiet_NaN(), 2}) == infinity);
}
