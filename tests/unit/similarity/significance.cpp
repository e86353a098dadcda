// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/significance.hpp>

#include "../../support/error_of.hpp"
#include "../../support/similarity_checks.hpp"

#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/jaccard.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <doctest/doctest.h>

#include <limits>

using kindred::significance;
using support::owned_row;

static_assert(kindred::co_rated<significance<kindred::pearson>>);
static_assert(kindred::centers_rows<significance<kindred::pearson>> &&
              !kindred::centers_rows<significance<kindred::cosine>>);

TEST_CASE_TEMPLATE("significance: s n / enough, until n is enough", T, float, double) {
  auto const a = support::first_row<T>();
  auto const b = support::second_row<T>();
  auto const s = static_cast<double>(kindred::cosine{}(a.view(), b.view()));
  CHECK(significance<kindred::cosine>{}(a.view(), b.view()) == doctest::Approx(s * 3 / 50));
  CHECK(significance<kindred::cosine>{.enough = 4}(a.view(), b.view()) == doctest::Approx(s * 3 / 4));
  CHECK(significance<kindred::cosine>{.enough = 3}(a.view(), b.view()) == kindred::cosine{}(a.view(), b.view()));
  CHECK(significance<kindred::cosine>{.enough = 0.5}(a.view(), owned_row<T>{}.view()) == 0);
}

TEST_CASE_TEMPLATE("significance: keeps the laws", T, float, double) {
  support::check_laws<T>(significance<kindred::cosine>{.enough = 3});
  support::check_laws<T>(significance<kindred::pearson>{.enough = 5});
  support::check_laws<T>(significance<significance<kindred::jaccard>>{});
}

TEST_CASE("significance: enough is above zero") {
  for (double const enough : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    auto const e = support::error_of([&] { significance<kindred::cosine>{.enough = enough}.check(); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, "significance: enough"));
  }
  CHECK(support::error_of([] {
          significance<kindred::shrunk<kindred::cosine>>{.from = {.strength = -1}}.check();
        }).kind() == kindred::error_kind::setting);
}
