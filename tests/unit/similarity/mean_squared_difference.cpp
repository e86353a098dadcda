// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/mean_squared_difference.hpp>

#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

static_assert(kindred::co_rated<kindred::mean_squared_difference>);
static_assert(kindred::similarity<kindred::mean_squared_difference, kindred::sparse_row<float>>);

namespace {

using support::first_row;
using support::owned_row;
using support::second_row;

template <class T>
long double twin(owned_row<T> const& a, owned_row<T> const& b) {
  auto const shared = support::shared_pairs(a, b);
  long double sum = 0;
  for (auto const& [x, y] : shared) sum += (x - y) * (x - y);
  return shared.empty() ? 0 : 1 / (1 + sum / static_cast<long double>(shared.size()));
}

}  // namespace

TEST_CASE_TEMPLATE("mean_squared_difference: by hand, and as scipy has it", T, float, double) {
  // Differences 1, -1, -1: a mean square of 1.
  CHECK(kindred::mean_squared_difference{}(first_row<T>().view(), second_row<T>().view()) == doctest::Approx(0.5));
  CHECK(kindred::mean_squared_difference{}(first_row<T>().view(), first_row<T>().moved(1, 2).view()) ==
        doctest::Approx(1.0 / 5));
  CHECK(kindred::mean_squared_difference{}(first_row<T>().view(), second_row<T>().view()) == support::about<T>(0.5));
}

TEST_CASE_TEMPLATE("mean_squared_difference: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::mean_squared_difference{}, twin<T>);
  support::check_laws<T>(kindred::mean_squared_difference{});
}
