// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/lbfgs.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"
#include "../../support/slow_linear.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

using support::labelled;

TEST_CASE("lbfgs: reaches the objective of a slow twin") {
  auto const table = labelled<double>(120, 9);
  for (double const l2 : {0.1, 10.0}) {
    kindred::logistic_regression<kindred::lbfgs> const how{.l2 = l2, .solver = {.tolerance = 1e-8}};
    auto const done = kindred::fit(how, table.view());
    CHECK(done.report.converged);
    support::slow_linear<double, kindred::logistic_loss> const twin{table.view(), {}, l2, 0, true};
    CHECK(done.report.objective == doctest::Approx(static_cast<double>(twin.minimum(400))).epsilon(1e-8));
  }
}

// Rosenbrock's valley has its minimum at (1, 1).
TEST_CASE("lbfgs: goes down a bent valley") {
  auto const valley = [](std::span<double const> w, std::span<double> gradient) {
    double const a = 1 - w[0], b = w[1] - w[0] * w[0];
    gradient[0] = -2 * a - 400 * b * w[0];
    gradient[1] = 200 * b;
    return a * a + 100 * b * b;
  };
  std::vector<double> w{-1.2, 1};
  kindred::sequential ex;
  kindred::silent watch;
  auto const report = kindred::lbfgs{.tolerance = 1e-10}.minimize_function(valley, w, ex, watch);
  CHECK(report.converged);
  CHECK(w[0] == doctest::Approx(1));
  CHECK(w[1] == doctest::Approx(1));
}

TEST_CASE("lbfgs: the same bits on any number of threads; refuses l1 and no memory") {
  auto const table = labelled<float>(2500, 20);
  kindred::logistic_regression<kindred::lbfgs> how{};
  auto const alone = kindred::fit(how, table.view());
  kindred::thread_pool pool(7);
  CHECK(kindred::fit(how, table.view(), pool).model == alone.model);
  auto const kind = [&] {
    return support::error_of([&] { static_cast<void>(kindred::fit(how, table.view())); }).kind();
  };
  how.l1 = 1;
  CHECK(kind() == kindred::error_kind::setting);
  how.l1 = 0;
  how.solver.memory = 0;
  CHECK(kind() == kindred::error_kind::setting);
}
