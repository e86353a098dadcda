// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/loss.hpp>

#include <doctest/doctest.h>

static_assert(kindred::loss<kindred::squared_loss, float> && kindred::loss<kindred::squared_loss, double>);
static_assert(!kindred::loss<int, float>);

TEST_CASE_TEMPLATE("squared_loss: half the square of the error", T, float, double) {
  constexpr kindred::squared_loss loss;
  CHECK(loss.value(T{5}, T{2}) == T{4.5});
  CHECK(loss.value(T{2}, T{5}) == T{4.5});
  CHECK(loss.slope(T{5}, T{2}) == 3);
  CHECK(loss.slope(T{2}, T{5}) == -3);
  CHECK(loss.value(T{2}, T{2}) == 0);
  CHECK(loss.slope(T{2}, T{2}) == 0);
}

TEST_CASE("squared_loss: the slope is the finite difference") {
  constexpr kindred::squared_loss loss;
  double const h = 1e-5;
  for (double p = -4; p < 4; p += 0.37)
    for (double t = -4; t < 4; t += 0.59) {
      double const difference = (loss.value(p + h, t) - loss.value(p - h, t)) / (2 * h);
      CHECK(loss.slope(p, t) == doctest::Approx(difference).epsilon(1e-6));
    }
}
