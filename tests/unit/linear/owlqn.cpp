// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/owlqn.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"
#include "../../support/slow_linear.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

using support::labelled;
using support::labels;

namespace {

template <class Loss>
void agrees_with_twin(kindred::example_table<double> const& table, double l1, double l2, bool intercept) {
  kindred::generalized_linear<Loss, kindred::owlqn> const how{
      .l2 = l2, .l1 = l1, .intercept = intercept, .solver = {.tolerance = 1e-8}};
  auto const done = kindred::fit(how, table.view());
  CHECK(done.report.converged);
  support::slow_linear<double, Loss> const twin{table.view(), {}, l2, l1, intercept};
  CHECK(done.report.objective == doctest::Approx(static_cast<double>(twin.minimum(400))).epsilon(1e-8));
}

}  // namespace

TEST_CASE("owlqn: reaches the objective of a slow twin, with l1, with both penalties and with none") {
  auto const clicks = labelled<double>(120, 9);
  for (bool const intercept : {false, true}) {
    agrees_with_twin<kindred::logistic_loss>(clicks, 1.5, 0, intercept);
    agrees_with_twin<kindred::logistic_loss>(clicks, 3, 2, intercept);
  }
  agrees_with_twin<kindred::logistic_loss>(clicks, 0, 1, true);
  agrees_with_twin<kindred::squared_loss>(labelled<double>(120, 9, labels::number), 5, 0, true);
  agrees_with_twin<kindred::poisson_loss>(labelled<double>(120, 9, labels::count), 3, 0.1, true);
}

// (w0 - 3)^2 / 2 + (w1 - 1)^2 / 2 + 2 (|w0| + |w1|) is least at w0 = 3 - 2 and w1 = 0: 2 + 1/2 + 2. Where w1 pays nothing, at
// (1, 1).
TEST_CASE("owlqn: soft thresholding by hand") {
  auto const bowl = [](std::span<double const> w, std::span<double> gradient) {
    gradient[0] = w[0] - 3;
    gradient[1] = w[1] - 1;
    return (gradient[0] * gradient[0] + gradient[1] * gradient[1]) / 2;
  };
  kindred::sequential ex;
  kindred::silent watch;
  for (std::size_t const priced : {1u, 2u}) {
    std::vector<double> w{-1, 2};
    auto const report = kindred::owlqn{.tolerance = 1e-10}.minimize_function(bowl, w, priced, 2, ex, watch);
    CHECK(report.converged);
    CHECK(w[0] == doctest::Approx(1));
    if (priced == 2) CHECK(w[1] == 0);
    else CHECK(w[1] == doctest::Approx(1));
    CHECK(report.objective == doctest::Approx(priced == 2 ? 4.5 : 4));
  }
}

TEST_CASE("owlqn: weights that are zero are exactly zero; the same bits on any number of threads") {
  auto const table = labelled<float>(1500, 60, labels::yes_or_no, 0.2);
  kindred::logistic_regression<kindred::owlqn> how{.l2 = 0, .l1 = 40};
  auto const alone = kindred::fit(how, table.view());
  std::size_t zero = 0;
  for (float const w : alone.model.weights()) zero += w == 0;
  CHECK(zero > 20);
  CHECK(zero < 60);
  kindred::thread_pool pool(3);
  CHECK(kindred::fit(how, table.view(), pool).model == alone.model);
  how.l1 = 1e6;
  auto const none = kindred::fit(how, table.view()).model;
  for (float const w : none.weights()) CHECK(w == 0);
  how.solver.memory = 0;
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, table.view())); });
  CHECK(e.kind() == kindred::error_kind::setting);
}

TEST_CASE("owlqn: separable labels without a penalty end with finite weights") {
  kindred::example_table<double> table;
  std::vector<kindred::index_t> const column{0};
  for (double const x : {-2.0, -1.0, 1.0, 2.0}) {
    std::vector<double> const value{x};
    table.add(x > 0 ? 1 : 0, {column, value});
  }
  auto const model = kindred::fit(kindred::logistic_regression<kindred::owlqn>{.l2 = 0}, table.view()).model;
  CHECK(model.weights()[0] > 3);
  CHECK(kindred::is_finite(model.weights()[0]));
}
