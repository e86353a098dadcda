// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/regularizer.hpp>

#include "../../support/error_of.hpp"

#include <kindred/kernel/dense.hpp>

#include <doctest/doctest.h>

#include <limits>

namespace {

// Soft thresholding, for numbers alone.
struct lasso {
  double strength = 0.1;

  template <kindred::real T>
  T penalty(T w) const noexcept {
    return static_cast<T>(strength) * (w < 0 ? -w : w);
  }
  template <kindred::real T>
  T shrink(T w, T rate) const noexcept {
    T const step = rate * static_cast<T>(strength);
    return w > step ? w - step : w < -step ? w + step : T{0};
  }
};

// The w that minimizes penalty(w) + (w - weight)^2 / (2 rate), by ternary search: both terms are convex.
template <class R>
double argmin(R const& how, double weight, double rate) {
  auto const cost = [&](double w) { return how.penalty(w) + (w - weight) * (w - weight) / (2 * rate); };
  double low = -10;
  double high = 10;
  for (int step = 0; step != 200; ++step) {
    double const a = low + (high - low) / 3;
    double const b = high - (high - low) / 3;
    if (cost(a) < cost(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

template <class R>
void check_proximal(R const& how) {
  for (double weight = -4; weight < 4.1; weight += 0.5)
    for (double const rate : {0.01, 0.3, 2.0}) {
      CAPTURE(weight);
      CAPTURE(rate);
      CHECK(how.shrink(weight, rate) == doctest::Approx(argmin(how, weight, rate)).epsilon(1e-6));
    }
  CHECK(how.shrink(0.0, 0.5) == 0);
}

using kindred::detail::shrinks;

}  // namespace

static_assert(kindred::regularizer<kindred::l2, float> && kindred::regularizer<kindred::unregularized, double>);
static_assert(kindred::regularizer<lasso, float> && !kindred::regularizer<int, float>);

// Ours take whole registers, a template over real takes numbers alone, and asking is not an error.
static_assert(shrinks<kindred::l2, kindred::kernel::batch<float>, float>);
static_assert(shrinks<kindred::unregularized, kindred::kernel::batch<double>, double>);
static_assert(shrinks<lasso, float, float> && !shrinks<lasso, kindred::kernel::batch<float>, float>);

TEST_CASE("regularizer: shrink minimizes penalty and distance") {
  check_proximal(kindred::l2{});
  check_proximal(kindred::l2{.strength = 3});
  check_proximal(kindred::unregularized{});
  check_proximal(lasso{.strength = 0.7});
}

TEST_CASE_TEMPLATE("l2: by hand", T, float, double) {
  constexpr kindred::l2 ridge{.strength = 0.5};
  CHECK(ridge.penalty(T{4}) == 4);          // 0.5 x 16 / 2
  CHECK(ridge.shrink(T{4}, T{2}) == T{2});  // 4 / (1 + 2 x 0.5)
  CHECK(ridge.shrink(T{-4}, T{2}) == T{-2});
  CHECK(kindred::l2{.strength = 0}.shrink(T{4}, T{2}) == 4);
  CHECK(kindred::unregularized{}.penalty(T{4}) == 0);
}

TEST_CASE("l2: a strength is zero or more") {
  CHECK_NOTHROW(kindred::l2{.strength = 0}.check());
  for (double const strength :
       {-0.1, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    auto const e = support::error_of([&] { kindred::l2{.strength = strength}.check(); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, "l2: strength"));
  }
}
