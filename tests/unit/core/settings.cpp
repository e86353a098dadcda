// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/settings.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace {

struct strict {
  double value = 1;
  void check() const { kindred::check_not_negative("strict: value", value); }
};
struct carefree {};

}  // namespace

TEST_CASE("check_settings: asks those that can be asked") {
  CHECK_NOTHROW(kindred::check_settings());
  CHECK_NOTHROW(kindred::check_settings(carefree{}, strict{}, 3));
  auto const e = support::error_of([] { kindred::check_settings(carefree{}, strict{}, strict{.value = -2}); });
  CHECK(e.kind() == kindred::error_kind::setting);
  CHECK(support::says(e, "strict: value = -2"));
}

TEST_CASE("check_not_negative: finite numbers, zero or more") {
  for (double const good : {0.0, -0.0, 1e-300, 1e300}) CHECK_NOTHROW(kindred::check_not_negative("x", good));
  for (double const bad : {-1e-300, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
    CHECK(support::error_of([&] { kindred::check_not_negative("x", bad); }).kind() == kindred::error_kind::setting);
}
