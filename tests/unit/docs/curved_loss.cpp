// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/curved_loss.hpp>

#include "../../support/labelled.hpp"

#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/laws/loss.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace {

// [model]
// Nearly the size of the error, without its kink: log cosh(p - t). Learns something close to the median.
struct log_cosh_loss {
  template <kindred::real T>
  T value(T p, T t) const noexcept {
    T const size = std::abs(p - t);
    return size + std::log1p(std::exp(-2 * size)) - std::log(T{2});
  }
  template <kindred::real T>
  T slope(T p, T t) const noexcept {
    return std::tanh(p - t);
  }
  template <kindred::real T>
  T curvature(T p, T t) const noexcept {
    T const s = slope(p, t);
    return 1 - s * s;
  }
};
static_assert(kindred::curved_loss<log_cosh_loss, float> && kindred::curved_loss<log_cosh_loss, double>);
// [/model]

}  // namespace

TEST_CASE("the minimal curved loss keeps the laws, and newton minimizes it") {
  auto const law = kindred::testing::check_loss(log_cosh_loss{});
  CHECK_MESSAGE(law.holds(), law.message());
  auto const table = support::labelled<double>(200, 5, support::labels::number);
  // [use]
  using robust_regression = kindred::generalized_linear<log_cosh_loss, kindred::newton>;
  auto const done = kindred::fit(robust_regression{.l2 = 0.1}, table.view());
  // [/use]
  CHECK(done.report.converged);
}
