// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/shrunk.hpp>

#include "../../support/error_of.hpp"
#include "../../support/sparse_rows.hpp"

#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/pearson.hpp>

#include <doctest/doctest.h>

#include <limits>

using kindred::shrunk;
using support::owned_row;

static_assert(kindred::co_rated<shrunk<kindred::pearson>>);
static_assert(kindred::co_rated<shrunk<shrunk<kindred::cosine>>>);
static_assert(kindred::similarity<shrunk<kindred::cosine>, kindred::sparse_row<float>>);
static_assert(shrunk<kindred::cosine>::traits.highest == 1);

TEST_CASE_TEMPLATE("shrunk: s n / (n + strength)", T, float, double) {
  // Three shared columns that agree perfectly: 1 x 3 / (3 + 6).
  owned_row<T> const a{{0, 1, 2, 9}, {1, 2, 3, 4}};
  owned_row<T> const b{{0, 1, 2, 8}, {3, 5, 7, 4}};
  CHECK(shrunk<kindred::pearson>{.strength = 6}(a.view(), b.view()) == doctest::Approx(1.0 / 3));
  CHECK(shrunk<kindred::pearson>{}(a.view(), b.view()) == doctest::Approx(3.0 / 28));
  // Twice: (1 x 3/9) x 3 / (3 + 3).
  shrunk<shrunk<kindred::pearson>> const twice{.from = {.strength = 6}, .strength = 3};
  CHECK(twice(a.view(), b.view()) == doctest::Approx(1.0 / 6));
}

TEST_CASE_TEMPLATE("shrunk: without strength it is what it wraps", T, float, double) {
  for (std::uint64_t seed = 0; seed != 50; ++seed) {
    auto const a = support::random_row<T>(20, 0.5, seed);
    auto const b = support::random_row<T>(20, 0.5, seed + 1000);
    CHECK(shrunk<kindred::cosine>{.strength = 0}(a.view(), b.view()) == kindred::cosine{}(a.view(), b.view()));
    CHECK(shrunk<kindred::cosine>{}(a.view(), b.view()) == shrunk<kindred::cosine>{}(b.view(), a.view()));
  }
}

TEST_CASE("shrunk: nothing shared is no evidence, even without strength") {
  owned_row<float> const a{{0, 1}, {1, 2}};
  owned_row<float> const b{{2, 3}, {1, 2}};
  CHECK(shrunk<kindred::cosine>{.strength = 0}(a.view(), b.view()) == 0);
  CHECK(shrunk<kindred::pearson>{.strength = 0}(a.view(), owned_row<float>{}.view()) == 0);
}

TEST_CASE("shrunk: a strength is zero or more") {
  CHECK_NOTHROW(shrunk<kindred::cosine>{.strength = 0}.check());
  for (double const strength :
       {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    auto const e = support::error_of([&] { shrunk<kindred::cosine>{.strength = strength}.check(); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, "shrunk: strength"));
    auto const inner =
        support::error_of([&] { shrunk<shrunk<kindred::cosine>>{.from = {.strength = strength}}.check(); });
    CHECK(inner.kind() == kindred::error_kind::setting);
  }
}
