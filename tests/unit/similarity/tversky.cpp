// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/tversky.hpp>

#include "../../support/error_of.hpp"
#include "../../support/similarity_checks.hpp"

#include <kindred/similarity/jaccard.hpp>

#include <doctest/doctest.h>

static_assert(kindred::co_rated<kindred::tversky>);
static_assert(kindred::similarity<kindred::tversky, kindred::sparse_row<float>>);

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

TEST_CASE_TEMPLATE("tversky: by hand, and as scipy has it", T, float, double) {
  // 3 shared, 2 only in either; all of the shorter row is in the longer one.
  owned_row<T> const within{{0, 3}, {1, 1}};
  CHECK(kindred::tversky{.alpha = 1, .beta = 0}(within.view(), first_row<T>().view()) == 1);
  CHECK(kindred::tversky{.alpha = 0, .beta = 1}(within.view(), first_row<T>().view()) == doctest::Approx(2.0 / 5));
  CHECK(kindred::tversky{}(first_row<T>().view(), second_row<T>().view()) ==
        kindred::jaccard{}(first_row<T>().view(), second_row<T>().view()));
  CHECK(kindred::tversky{.alpha = 0.25, .beta = 0.75}(first_row<T>().view(), second_row<T>().view()) ==
        support::about<T>(3 / (3 + .25 * 2 + .75 * 2)));
}

TEST_CASE_TEMPLATE("tversky: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::tversky{.alpha = 0.25, .beta = 0.75}, [](auto const& x, auto const& y) {
    counts<T> const n(x, y);
    return n.both == 0 ? 0 : n.both / (n.both + 0.25L * (n.a - n.both) + 0.75L * (n.b - n.both));
  });
  support::check_laws<T>(kindred::tversky{.alpha = 0.25, .beta = 0.75});
}

TEST_CASE("tversky: what is counted is zero or more") {
  CHECK(support::says(support::error_of([] { kindred::tversky{.alpha = -1}.check(); }), "tversky: alpha"));
  CHECK(support::says(support::error_of([] { kindred::tversky{.beta = -1}.check(); }), "tversky: beta"));
}
