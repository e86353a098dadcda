// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/mutual_information.hpp>

#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

#include <cmath>

static_assert(kindred::co_rated<kindred::mutual_information>);
static_assert(kindred::similarity<kindred::mutual_information, kindred::sparse_row<float>>);

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

TEST_CASE_TEMPLATE("mutual_information: by hand, and as scipy has it", T, float, double) {
  kindred::mutual_information const of_twenty{.columns = 20};
  CHECK(of_twenty(first_row<T>().view(), second_row<T>().view()) == support::about<T>(0.87546873735389985));
  CHECK(kindred::mutual_information{.columns = 100}(first_row<T>().view(), second_row<T>().view()) ==
        support::about<T>(std::log(12.0)));
}

TEST_CASE_TEMPLATE("mutual_information: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::mutual_information{.columns = 100}, [](auto const& x, auto const& y) {
    counts<T> const n(x, y);
    long double const columns = 100;
    if (n.both == 0) return 0.0L;
    return std::log(n.both * columns / (n.a * n.b));
  });
  support::check_laws<T>(kindred::mutual_information{.columns = 100});
}

TEST_CASE_TEMPLATE("mutual_information: takes the columns of the matrix, or those of the two rows", T, float, double) {
  auto const a = first_row<T>();
  auto const b = second_row<T>();
  CHECK(kindred::similarity_of(kindred::mutual_information{}, a.view(), b.view(), 20) ==
        kindred::similarity_of(kindred::mutual_information{.columns = 20}, a.view(), b.view()));
  CHECK(kindred::similarity_of(kindred::mutual_information{}, a.view(), b.view()) ==
        kindred::similarity_of(kindred::mutual_information{.columns = 7}, a.view(), b.view()));
  support::check_laws<T>(kindred::mutual_information{});
}
