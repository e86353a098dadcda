// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_sgd.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/testing/laws/regularizer.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace {

// [model]
// The size of the weight, times a strength: weights that the data do not defend become zero.
struct l1 {
  double strength = 0.05;

  template <kindred::real T>
  T penalty(T weight) const noexcept {
    return static_cast<T>(strength) * std::abs(weight);
  }
  template <kindred::real T>
  T shrink(T weight, T rate) const noexcept {
    T const step = rate * static_cast<T>(strength);
    return weight > step ? weight - step : weight < -step ? weight + step : T{0};
  }
};
static_assert(kindred::regularizer<l1, float> && kindred::regularizer<l1, double>);
// [/model]
static_assert(kindred::recipe<kindred::bias_sgd<kindred::squared_loss, l1>, kindred::ratings<float>>);

}  // namespace

TEST_CASE("the minimal regularizer keeps the laws") {
  auto const law = kindred::testing::check_regularizer(l1{});
  CHECK_MESSAGE(law.holds(), law.message());
  CHECK(l1{.strength = 0.5}.shrink(0.04, 0.1) == 0.0);
  CHECK(l1{.strength = 0.5}.shrink(-0.25, 0.5) == 0.0);
  CHECK(l1{.strength = 0.5}.shrink(-0.75, 0.5) == -0.5);
}
