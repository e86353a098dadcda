// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/schedule.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <limits>

static_assert(kindred::schedule<kindred::constant_rate> && kindred::schedule<kindred::inverse_rate>);
static_assert(!kindred::schedule<double>);

TEST_CASE("constant_rate: the same throughout") {
  constexpr kindred::constant_rate rate{.rate = 0.25};
  CHECK(rate(0) == 0.25);
  CHECK(rate(4'000'000'000u) == 0.25);
}

TEST_CASE("inverse_rate: rate / (1 + decay epoch)") {
  constexpr kindred::inverse_rate rate{.rate = 0.5, .decay = 0.25};
  CHECK(rate(0) == 0.5);
  CHECK(rate(4) == 0.25);
  CHECK(rate(12) == 0.125);
  CHECK(kindred::inverse_rate{.rate = 0.5, .decay = 0}(7) == 0.5);
  for (std::uint32_t epoch = 0; epoch != 100; ++epoch) CHECK(rate(epoch + 1) < rate(epoch));
}

TEST_CASE("schedules: rates and decays are zero or more") {
  CHECK_NOTHROW(kindred::constant_rate{.rate = 0}.check());
  CHECK_NOTHROW(kindred::inverse_rate{.rate = 0, .decay = 0}.check());
  for (double const bad : {-0.1, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    auto const constant = support::error_of([&] { kindred::constant_rate{.rate = bad}.check(); });
    CHECK(constant.kind() == kindred::error_kind::setting);
    CHECK(support::says(constant, "constant_rate: rate"));
    CHECK(support::says(support::error_of([&] { kindred::inverse_rate{.rate = bad}.check(); }), "inverse_rate: rate"));
    CHECK(
        support::says(support::error_of([&] { kindred::inverse_rate{.decay = bad}.check(); }), "inverse_rate: decay"));
  }
}
