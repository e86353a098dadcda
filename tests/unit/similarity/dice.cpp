// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/dice.hpp>

#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

static_assert(kindred::co_rated<kindred::dice>);
static_assert(kindred::similarity<kindred::dice, kindred::sparse_row<float>>);

namespace {

using support::first_row;
using support::owned_row;
using support::second_row;

template <class T>
struct counts {
  long double both, a, b;
  counts(owned_row<T> const& x, owned_row<T> const& y)
      : both(static_cast<long double>(support::shared_pairs(x, y).size())),
        a(static_cast<long double>(x.index.size())),
        b(static_cast<long double>(y.index.size())) {}
};

}  // namespace

TEST_CASE_TEMPLATE("dice: by hand, and as scipy has it", T, float, double) {
  // 3 shared, of 5 and 5.
  CHECK(kindred::dice{}(first_row<T>().view(), second_row<T>().view()) == doctest::Approx(6.0 / 10));
  CHECK(kindred::dice{}(first_row<T>().view(), second_row<T>().view()) == support::about<T>(0.6));
}

TEST_CASE_TEMPLATE("dice: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::dice{}, [](auto const& x, auto const& y) {
    counts<T> const n(x, y);
    return n.both == 0 ? 0 : 2 * n.both / (n.a + n.b);
  });
  support::check_laws<T>(kindred::dice{});
}
