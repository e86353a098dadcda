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

TEST_CASE("raise_diverged, raise_left_large, raise_overflow: name the epoch, and the step") {
  auto const says = [](auto const& call, char const* words) {
    auto const e = support::error_of(call);
    CHECK(e.kind() == kindred::error_kind::numeric);
    CHECK(e.row() == 12);
    CHECK(support::says(e, words));
  };
  says([] { kindred::raise_diverged(12); }, "training diverged in epoch 12; a smaller learning rate");
  says([] { kindred::raise_diverged(12, 3, 4); }, "in epoch 12, at the rating of user 3 and item 4; a smaller");
  says([] { kindred::raise_diverged(12, 3, 4, "choice"); }, "at the choice of user 3 and item 4;");
  says([] { kindred::raise_diverged_at_example(12, 7); }, "in epoch 12, at the example in row 7; a smaller");
  says([] { kindred::raise_left_large(12, 3, 4); }, "which left the largest numbers with user 3 and item 4;");
  says([] { kindred::raise_left_large(12, 5); }, "which left the largest numbers with column 5;");
  says([] { kindred::raise_overflow("als", 12, 3, 4); },
       "als: values of this size overflow in sweep 12, in which user 3 and item 4 have the largest numbers;");
  says([] { kindred::raise_overflow("ccd", 12, "item", 4); }, "overflow in sweep 12, first at item 4; divide");
}

TEST_CASE("largest_of: the first that is not finite, else the first of the largest") {
  auto const of = [](std::vector<double> const& all) {
    return kindred::largest_of(static_cast<kindred::index_t>(all.size()), [&](kindred::index_t k) { return all[k]; });
  };
  CHECK(of({}) == 0);
  CHECK(of({0, 2, 3, 3}) == 2);
  CHECK(of({7, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) == 1);
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
