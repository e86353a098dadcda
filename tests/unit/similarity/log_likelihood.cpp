// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/log_likelihood.hpp>

#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

#include <cmath>

static_assert(kindred::co_rated<kindred::log_likelihood>);
static_assert(kindred::similarity<kindred::log_likelihood, kindred::sparse_row<float>>);

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

TEST_CASE_TEMPLATE("log_likelihood: by hand, and as scipy has it", T, float, double) {
  kindred::log_likelihood const of_twenty{.columns = 20};
  CHECK(of_twenty(first_row<T>().view(), second_row<T>().view()) == support::about<T>(3.9830550978332004));
  // 1 shared of 6 and 7 among 20, where chance has 2.1: the same statistic, with a minus.
  owned_row<T> const a{{0, 1, 2, 3, 4, 5}, {1, 1, 1, 1, 1, 1}};
  owned_row<T> const b{{5, 6, 7, 8, 9, 10, 11}, {1, 1, 1, 1, 1, 1, 1}};
  CHECK(of_twenty(a.view(), b.view()) == support::about<T>(-1.3697041233764344));
  CHECK(kindred::log_likelihood{.columns = 100}(first_row<T>().view(), second_row<T>().view()) ==
        support::about<T>(
            2 * (3 * std::log(12.0) + 2 * 2 * std::log(2 * 100 / (5.0 * 95)) + 93 * std::log(93 * 100 / (95.0 * 95)))));
}

TEST_CASE_TEMPLATE("log_likelihood: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::log_likelihood{.columns = 100}, [](auto const& x, auto const& y) {
    counts<T> const n(x, y);
    long double const columns = 100;
    if (n.both == 0) return 0.0L;
    auto const cell = [&](long double k, long double row, long double column) {
      return k > 0 ? k * std::log(k * columns / (row * column)) : 0;
    };
    long double const neither = columns - n.a - n.b + n.both;
    long double const ratio =
        2 * (cell(n.both, n.a, n.b) + cell(n.a - n.both, n.a, columns - n.b) + cell(n.b - n.both, columns - n.a, n.b) +
             cell(neither, columns - n.a, columns - n.b));
    return n.both * columns >= n.a * n.b ? ratio : -ratio;
  });
  support::check_laws<T>(kindred::log_likelihood{.columns = 100});
}

TEST_CASE_TEMPLATE("log_likelihood: takes the columns of the matrix, or those of the two rows", T, float, double) {
  auto const a = first_row<T>();
  auto const b = second_row<T>();
  CHECK(kindred::similarity_of(kindred::log_likelihood{}, a.view(), b.view(), 20) ==
        kindred::similarity_of(kindred::log_likelihood{.columns = 20}, a.view(), b.view()));
  CHECK(kindred::similarity_of(kindred::log_likelihood{}, a.view(), b.view()) ==
        kindred::similarity_of(kindred::log_likelihood{.columns = 7}, a.view(), b.view()));
  support::check_laws<T>(kindred::log_likelihood{});
}
