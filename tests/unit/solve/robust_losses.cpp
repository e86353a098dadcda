// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/absolute_loss.hpp>
#include <kindred/solve/huber_loss.hpp>

#include "../../support/error_of.hpp"

#include <kindred/solve/curved_loss.hpp>
#include <kindred/testing/laws/loss.hpp>

#include <doctest/doctest.h>

using kindred::absolute_loss;
using kindred::huber_loss;

static_assert(kindred::loss<absolute_loss, float> && !kindred::curved_loss<absolute_loss, float>);
static_assert(kindred::curved_loss<huber_loss, double>);

TEST_CASE_TEMPLATE("absolute_loss, huber_loss: by hand", T, float, double) {
  constexpr absolute_loss absolute;
  CHECK(absolute.value(T{5}, T{2}) == 3);
  CHECK(absolute.value(T{2}, T{5}) == 3);
  CHECK(absolute.slope(T{5}, T{2}) == 1);
  CHECK(absolute.slope(T{2}, T{5}) == -1);
  CHECK(absolute.slope(T{2}, T{2}) == 0);
  constexpr huber_loss huber{.width = 2};
  CHECK(huber.value(T{3}, T{2}) == T{0.5});  // within: 1 / 2
  CHECK(huber.slope(T{3}, T{2}) == 1);
  CHECK(huber.value(T{2}, T{7}) == 8);  // beyond: 2 (5 - 1)
  CHECK(huber.slope(T{2}, T{7}) == -2);
  CHECK(huber.value(T{4}, T{2}) == 2);  // where both meet
  CHECK(huber.curvature(T{3}, T{2}) == 1);
  CHECK(huber.curvature(T{9}, T{2}) == 0);
}

TEST_CASE("absolute_loss, huber_loss: slopes are finite differences") {
  CHECK(kindred::testing::check_loss(absolute_loss{}).holds());
  CHECK(kindred::testing::check_loss(huber_loss{}).holds());
  CHECK(kindred::testing::check_loss(huber_loss{.width = 0.25}).holds());
}

TEST_CASE("huber_loss: a width is zero or more") {
  auto const e = support::error_of([] { huber_loss{.width = -1}.check(); });
  CHECK(e.kind() == kindred::error_kind::setting);
  CHECK(support::says(e, "huber_loss: width = -1"));
}
