// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/scalar.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <type_traits>
#include <vector>

static_assert(kindred::real<float> && kindred::real<double>);
static_assert(!kindred::real<long double> && !kindred::real<int> && !kindred::real<float const>);
static_assert(std::is_same_v<kindred::value_t<std::vector<float>>, float>);

TEST_CASE_TEMPLATE("is_finite: at the ends of the type", T, float, double) {
  using limits = std::numeric_limits<T>;
  for (T const x : {T{0}, -T{0}, T{1}, (limits::max)(), limits::lowest(), (limits::min)(), limits::denorm_min()})
    CHECK(kindred::is_finite(x));
  for (T const x :
       {limits::infinity(), -limits::infinity(), limits::quiet_NaN(), -limits::quiet_NaN(), limits::signaling_NaN()})
    CHECK_FALSE(kindred::is_finite(x));
}
