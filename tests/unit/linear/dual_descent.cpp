// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/dual_descent.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using kindred::error_kind;
using support::error_of;
using support::labelled;

namespace {

template <class Loss>
using in_dual = kindred::generalized_linear<Loss, kindred::dual_descent>;

// The best multiplier by golden section over its range, for dual_loss::best.
template <class Loss>
double slow_best(double a, double z, double q, double c, double most) {
  auto const cost = [&](double to) {
    return kindred::dual_loss<Loss>::cost(to, c) + z * (to - a) + q / 2 * (to - a) * (to - a);
  };
  double low = 0, high = most;
  for (int step = 0; step != 200; ++step) {
    double const x = low + 0.382 * (high - low), y = low + 0.618 * (high - low);
    if (cost(x) < cost(y)) high = y;
    else low = x;
  }
  return low;
}

}  // namespace

TEST_CASE("dual_loss: the best multiplier is where a search finds it") {
  for (double const a : {0.01, 0.4, 0.99})
    for (double const z : {-3.0, -0.2, 0.5, 4.0})
      for (double const q : {0.1, 2.0, 50.0}) {
        CHECK(kindred::dual_loss<kindred::hinge_loss>::best(a, z, q, 1) ==
              doctest::Approx(slow_best<kindred::hinge_loss>(a, z, q, 1, 1)).epsilon(1e-5));
        CHECK(kindred::dual_loss<kindred::squared_hinge_loss>::best(a, z, q, 1) ==
              doctest::Approx(slow_best<kindred::squared_hinge_loss>(a, z, q, 1, 100)).epsilon(1e-5));
        CHECK(kindred::dual_loss<kindred::logistic_loss>::best(a, z, q, 1) ==
              doctest::Approx(slow_best<kindred::logistic_loss>(a, z, q, 1, 1)).epsilon(1e-5));
      }
}

// The gap bounds how far the objective is from the least, which newton finds for the losses that it can minimize.
TEST_CASE("dual_descent: ends as close to newton as its gap says") {
  auto const table = labelled<double>(200, 10);
  for (double const l2 : {0.5, 20.0}) {
    auto const check = [&]<class Loss>(Loss) {
      in_dual<Loss> const how{.l2 = l2, .intercept = false, .solver = {.tolerance = 1e-5, .epochs = 20000}};
      auto const done = kindred::fit(how, table.view());
      CHECK(done.report.converged);
      auto const best = kindred::fit(
          kindred::generalized_linear<Loss, kindred::newton>{
              .l2 = l2, .intercept = false, .solver = {.tolerance = 1e-10}},
          table.view());
      CHECK(done.report.objective >= best.report.objective * (1 - 1e-9));
      CHECK(done.report.objective <= best.report.objective * (1 + 2e-5));
    };
    check(kindred::logistic_loss{});
    check(kindred::squared_hinge_loss{});
  }
}

// One example x = 1, y = yes, hinge: minimize max(0, 1 - w) + l2 / 2 w^2. With l2 = 1/2 the slope of the loss wins up to w = 1;
// with l2 = 4 it is balanced at w = 1/4.
TEST_CASE_TEMPLATE("dual_descent: a support vector machine by hand", T, float, double) {
  kindred::example_table<T> table;
  std::vector<kindred::index_t> const first{0};
  std::vector<T> const one{1};
  table.add(1, {first, one});
  auto const weight = [&](double l2) {
    in_dual<kindred::hinge_loss> const how{.l2 = l2, .intercept = false, .solver = {.tolerance = 1e-9}};
    auto const done = kindred::fit(how, table.view());
    CHECK(done.report.converged);
    return static_cast<double>(done.model.weights()[0]);
  };
  CHECK(weight(0.5) == doctest::Approx(1));
  CHECK(weight(4) == doctest::Approx(0.25));
}

TEST_CASE("dual_descent: hinge loss closes its gap, with weights and empty rows, on any number of threads") {
  auto const table = labelled<float>(400, 15);
  in_dual<kindred::hinge_loss> const how{.l2 = 1, .intercept = false, .solver = {.tolerance = 1e-4, .epochs = 5000}};
  auto const alone = kindred::fit(how, table.view());
  CHECK(alone.report.converged);
  kindred::thread_pool pool(5);
  CHECK(kindred::fit(how, table.view(), pool).model == alone.model);
}

TEST_CASE("dual_descent: refuses what it cannot do") {
  auto const table = labelled<float>(10, 3);
  auto const kind = [&](in_dual<kindred::hinge_loss> how) {
    return error_of([&] { static_cast<void>(kindred::fit(how, table.view())); }).kind();
  };
  CHECK(kind({.l2 = 1}) == error_kind::setting);  // an intercept
  CHECK(kind({.l2 = 0, .intercept = false}) == error_kind::setting);
  CHECK(kind({.l2 = 1, .l1 = 1, .intercept = false}) == error_kind::setting);
  kindred::example_table<float> shares;
  shares.add(0.5f, {});
  in_dual<kindred::logistic_loss> const how{.intercept = false};
  CHECK(error_of([&] { static_cast<void>(kindred::fit(how, shares.view())); }).kind() == error_kind::data);
}
