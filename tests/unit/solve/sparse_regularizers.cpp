// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/frequency_scaled.hpp>
#include <kindred/solve/l1.hpp>

#include "../../support/error_of.hpp"

#include <kindred/kernel/batch.hpp>
#include <kindred/testing/laws/regularizer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using kindred::elastic_net;
using kindred::frequency_scaled;
using kindred::l1;
using kindred::detail::shrinks;
namespace kernel = kindred::kernel;

static_assert(kindred::regularizer<l1, float> && kindred::regularizer<elastic_net, double>);
static_assert(shrinks<l1, kernel::batch<float>, float> && shrinks<elastic_net, kernel::batch<double>, double>);
static_assert(kindred::regularizer<frequency_scaled<l1>, float> &&
              shrinks<frequency_scaled<>, kernel::batch<float>, float>);
static_assert(kindred::parameter_schedule<kindred::adagrad, float> &&
              kindred::parameter_schedule<kindred::adam, double>);
static_assert(!kindred::parameter_schedule<kindred::inverse_rate, float>);
static_assert(kindred::adaptive_schedule<kindred::bold_driver> && !kindred::adaptive_schedule<kindred::constant_rate>);

TEST_CASE_TEMPLATE("l1, elastic_net: by hand, in registers too", T, float, double) {
  constexpr l1 lasso{.strength = 0.5};
  CHECK(lasso.penalty(T{-4}) == 2);
  CHECK(lasso.shrink(T{4}, T{2}) == 3);
  CHECK(lasso.shrink(T{-4}, T{2}) == -3);
  CHECK(lasso.shrink(T{0.75}, T{2}) == 0);
  constexpr elastic_net both{.l1 = 0.5, .l2 = 0.5};
  CHECK(both.penalty(T{4}) == 6);            // 2 + 0.5 x 16 / 2
  CHECK(both.shrink(T{4}, T{2}) == T{1.5});  // (4 - 1) / (1 + 1)
  auto const many = both.shrink(kernel::batch<T>(T{-4}), T{2});
  CHECK(many.get(0) == T{-1.5});
}

TEST_CASE("l1, elastic_net, frequency_scaled: shrink is the proximal step") {
  CHECK(kindred::testing::check_regularizer(l1{}).holds());
  CHECK(kindred::testing::check_regularizer(l1{.strength = 2}).holds());
  CHECK(kindred::testing::check_regularizer(elastic_net{}).holds());
  CHECK(kindred::testing::check_regularizer(elastic_net{.l1 = 0.3, .l2 = 2}).holds());
  CHECK(kindred::testing::check_regularizer(frequency_scaled<elastic_net>{}).holds());
}

TEST_CASE("bold_driver: faster while it goes down, slower once it went up") {
  constexpr kindred::bold_driver driver{.rate = 0.5, .faster = 2, .slower = 0.25};
  CHECK(driver(7) == 0.5);
  CHECK(driver.next(0.5, 10, 9) == 1);
  CHECK(driver.next(0.5, 10, 11) == 0.125);
  CHECK(kindred::detail::rate_after(driver, 1, 0.5, 0, 9) == 0.5);  // after the first epoch there is nothing to compare
  CHECK(kindred::detail::rate_after(driver, 2, 0.5, 10, 9) == 1);
  CHECK(kindred::detail::rate_after(kindred::inverse_rate{.rate = 1, .decay = 1}, 3, 0.7, 10, 9) == 0.25);
}

TEST_CASE_TEMPLATE("adagrad, adam: steps by hand", T, float, double) {
  // AdaGrad, floor 1, gradients 2 and then 4: 0.5 x 2 / sqrt(1 + 4), 0.5 x 4 / sqrt(1 + 4 + 16).
  std::array<T, 1> seen{};
  constexpr kindred::adagrad ada{.floor = 1};
  CHECK(ada.move(T{2}, T{0.5}, seen) == doctest::Approx(1 / std::sqrt(5.0)));
  CHECK(ada.move(T{4}, T{0.5}, seen) == doctest::Approx(2 / std::sqrt(21.0)));
  CHECK(seen[0] == 20);
  // Adam, half of everything kept: means begin at 2 and 4; then 0.5 x 2 + 0.5 x 4 = 3 and 0.5 x 4 + 0.5 x 16 = 10.
  std::array<T, 2> mean{};
  constexpr kindred::adam half{.first = 0.5, .second = 0.5, .floor = 1};
  CHECK(half.move(T{0}, T{1}, mean) == 0);
  CHECK(half.move(T{2}, T{1}, mean) == doctest::Approx(2.0 / (2 + 1)));
  CHECK(half.move(T{4}, T{1}, mean) == doctest::Approx(3 / (std::sqrt(10.0) + 1)));
}

TEST_CASE("settings outside their range") {
  auto const refused = [](auto const& policy, char const* words) {
    auto const e = support::error_of([&] { policy.check(); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, words));
  };
  refused(l1{-1}, "l1: strength = -1");
  refused(elastic_net{.l1 = -1}, "elastic_net: l1");
  refused(elastic_net{.l2 = -1}, "elastic_net: l2");
  refused(frequency_scaled<>{{-1}}, "l2: strength");
  refused(frequency_scaled<>{{}, 2}, "exponent = 2");
  refused(frequency_scaled<>{{}, 0.5, 0}, "typical = 0");
  refused(kindred::bold_driver{.slower = -1}, "bold_driver: slower");
  refused(kindred::adagrad{.floor = 0}, "adagrad: floor = 0");
  refused(kindred::adam{.first = 1}, "adam: first = 1");
  refused(kindred::adam{.floor = -1}, "adam: floor");
}
