// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_sgd.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/solve/regularizer.hpp>

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

TEST_CASE("the minimal regularizer: shrink is the proximal step of penalty") {
  // Among many w, none has a lower penalty(w) + (w - weight)^2 / (2 rate) than shrink(weight, rate).
  l1 const cost{.strength = 0.5};
  for (double const weight : {-1.0, -0.04, 0.0, 0.03, 0.7}) {
    double const rate = 0.1;
    auto const price = [&](double w) { return cost.penalty(w) + (w - weight) * (w - weight) / (2 * rate); };
    double const chosen = price(cost.shrink(weight, rate));
    for (int k = -200; k <= 200; ++k) CHECK(chosen <= price(k / 100.0) + 1e-12);
  }
}
