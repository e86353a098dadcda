// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/amplified.hpp>

#include "../../support/error_of.hpp"
#include "../../support/similarity_checks.hpp"

#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/jaccard.hpp>
#include <kindred/similarity/lift.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/tanimoto.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using kindred::amplified;

static_assert(kindred::co_rated<amplified<kindred::pearson>>);
static_assert(amplified<kindred::tanimoto>::traits.lowest == -1 && amplified<kindred::jaccard>::traits.lowest == 0);
static_assert(amplified<kindred::lift>::traits.highest > 1e300);

TEST_CASE_TEMPLATE("amplified: sign(s) |s|^power", T, float, double) {
  auto const a = support::first_row<T>();
  auto const b = support::second_row<T>();
  auto const s = static_cast<double>(kindred::cosine{}(a.view(), b.view()));
  CHECK(amplified<kindred::cosine>{}(a.view(), b.view()) == doctest::Approx(std::pow(s, 2.5)));
  CHECK(amplified<kindred::cosine>{.power = 2}(a.view(), b.moved(-1, 0).view()) == doctest::Approx(-s * s));
  CHECK(amplified<kindred::cosine>{.power = 2}(a.view(), support::owned_row<T>{}.view()) == 0);
}

TEST_CASE_TEMPLATE("amplified: keeps the laws", T, float, double) {
  support::check_laws<T>(amplified<kindred::cosine>{});
  support::check_laws<T>(amplified<kindred::pearson>{.power = 0.5});
  support::check_laws<T>(amplified<kindred::tanimoto>{.power = 0.5});
}

TEST_CASE("amplified: a power is above zero") {
  for (double const power : {0.0, -1.0, std::numeric_limits<double>::infinity()})
    CHECK(support::says(support::error_of([&] { amplified<kindred::cosine>{.power = power}.check(); }),
                        "amplified: power"));
}
