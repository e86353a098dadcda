// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighted_jaccard.hpp>

#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

static_assert(kindred::co_rated<kindred::weighted_jaccard>);
static_assert(kindred::similarity<kindred::weighted_jaccard, kindred::sparse_row<float>>);

namespace {

using support::first_row;
using support::owned_row;
using support::second_row;

template <class T>
long double twin(owned_row<T> const& a, owned_row<T> const& b) {
  long double least = 0, most = 0;
  for (auto const& [x, y] : support::shared_pairs(a, b)) least += x < y ? x : y;
  for (long double const v : a.value) most += v;
  for (long double const v : b.value) most += v;
  return most > 0 ? least / (most - least) : 0;
}

}  // namespace

TEST_CASE_TEMPLATE("weighted_jaccard: by hand, and as scipy has it", T, float, double) {
  // Smaller ones 4 + 4 + 1, larger ones 5 + 3 + 2 + 5 + 2 + 2 + 1.
  CHECK(kindred::weighted_jaccard{}(first_row<T>().view(), second_row<T>().view()) == doctest::Approx(9.0 / 20));
  CHECK(kindred::weighted_jaccard{}(first_row<T>().view(), second_row<T>().view()) == support::about<T>(0.45));
}

TEST_CASE_TEMPLATE("weighted_jaccard: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::weighted_jaccard{}, twin<T>, true);
  support::check_laws<T>(kindred::weighted_jaccard{});
}
