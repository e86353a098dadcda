// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/tanimoto.hpp>

#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

static_assert(kindred::co_rated<kindred::tanimoto>);
static_assert(kindred::similarity<kindred::tanimoto, kindred::sparse_row<float>>);

namespace {

using support::first_row;
using support::owned_row;
using support::second_row;

template <class T>
long double twin(owned_row<T> const& a, owned_row<T> const& b) {
  long double dot = 0, aa = 0, bb = 0;
  for (auto const& [x, y] : support::shared_pairs(a, b)) dot += x * y;
  for (long double const v : a.value) aa += v * v;
  for (long double const v : b.value) bb += v * v;
  return aa > 0 && bb > 0 ? dot / (aa + bb - dot) : 0;
}

}  // namespace

TEST_CASE_TEMPLATE("tanimoto: by hand, and as scipy has it", T, float, double) {
  // 42 / (55 + 50 - 42).
  CHECK(kindred::tanimoto{}(first_row<T>().view(), second_row<T>().view()) == doctest::Approx(42.0 / 63));
  CHECK(kindred::tanimoto{}(first_row<T>().view(), first_row<T>().moved(-1, 0).view()) == doctest::Approx(-1.0 / 3));
  CHECK(kindred::tanimoto{}(first_row<T>().view(), second_row<T>().view()) == support::about<T>(0.66666666666666663));
}

TEST_CASE_TEMPLATE("tanimoto: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::tanimoto{}, twin<T>);
  support::check_laws<T>(kindred::tanimoto{});
}
