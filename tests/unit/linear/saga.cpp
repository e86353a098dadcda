// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/saga.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"
#include "../../support/slow_linear.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using support::labelled;
using support::labels;

namespace {

template <class Loss>
void agrees_with_twin(kindred::example_table<double> const& table, double l1, double l2, bool intercept) {
  kindred::generalized_linear<Loss, kindred::saga> const how{
      .l2 = l2, .l1 = l1, .intercept = intercept, .solver = {.tolerance = 1e-6, .epochs = 4000}};
  auto const done = kindred::fit(how, table.view());
  CHECK(done.report.converged);
  support::slow_linear<double, Loss> const twin{table.view(), {}, l2, l1, intercept};
  CHECK(done.report.objective == doctest::Approx(static_cast<double>(twin.minimum(400))).epsilon(1e-8));
}

}  // namespace

TEST_CASE("saga: reaches the objective of a slow twin, with either penalty and with both") {
  auto const clicks = labelled<double>(120, 7);
  agrees_with_twin<kindred::logistic_loss>(clicks, 0, 1, true);
  agrees_with_twin<kindred::logistic_loss>(clicks, 2, 0, false);
  agrees_with_twin<kindred::logistic_loss>(clicks, 1.5, 2, true);
  agrees_with_twin<kindred::squared_hinge_loss>(clicks, 1, 2, true);
  agrees_with_twin<kindred::squared_loss>(labelled<double>(120, 7, labels::number), 5, 0.5, true);
}

TEST_CASE("saga: columns that are seldom seen are weighed up") {
  agrees_with_twin<kindred::logistic_loss>(labelled<double>(150, 40, labels::yes_or_no, 0.04), 0.3, 0.2, true);
}

// One example (1, y = 1) of squared loss with l2 = 1 and no intercept: w = 1 / 2, the objective 1/8 + 1/8. The second column is in
// no row, and costs what it weighs: it goes to zero wherever the fit began.
TEST_CASE_TEMPLATE("saga: one example by hand", T, float, double) {
  kindred::example_table<T> table(2);
  std::vector<kindred::index_t> const first{0};
  std::vector<T> const one{1};
  table.add(T{1}, {first, one});
  kindred::linear_regression<kindred::saga> const how{
      .l2 = 1, .intercept = false, .solver = {.tolerance = 1e-9, .epochs = 500}};
  std::vector<double> const start{3, 4};
  auto const done = [&] {
    kindred::sequential ex;
    kindred::silent watch;
    return how.fit_from(kindred::linear_model<T, kindred::squared_loss>(start, 2, {}), table.view(), ex, watch);
  }();
  CHECK(static_cast<double>(done.model.weights()[0]) == doctest::Approx(0.5));
  CHECK(done.model.weights()[1] == 0);
  CHECK(done.report.objective == doctest::Approx(0.25));
}

TEST_CASE_TEMPLATE("saga: dense as sparse rows; the same bits on any number of threads", T, float, double) {
  auto const table = labelled<T>(300, 12);
  support::dense_examples<T> const dense(table.view());
  kindred::logistic_regression<kindred::saga> how{.solver = {.tolerance = 1e-4}};
  auto const alone = kindred::fit(how, table.view());
  CHECK(alone.report.converged);
  CHECK(kindred::fit(how, dense.view()).report.objective == doctest::Approx(alone.report.objective).epsilon(1e-6));
  kindred::thread_pool pool(3);
  CHECK(kindred::fit(how, table.view(), pool).model == alone.model);
  how.solver.seed = 5;
  CHECK_FALSE(kindred::fit(how, table.view()).model == alone.model);
}

TEST_CASE("saga: data that nobody wishes for") {
  kindred::logistic_regression<kindred::saga> how{.l2 = 0, .solver = {.epochs = 30}};
  // Empty rows and one class only: the intercept grows, and nothing else happens.
  kindred::example_table<double> yes(2);
  for (int k = 0; k != 5; ++k) yes.add(1, {});
  auto const certain = kindred::fit(how, yes.view()).model;
  CHECK(certain.intercept() > 3);
  CHECK(certain.weights()[0] == 0);
  // Labels that one column separates: finite, and right.
  kindred::example_table<double> apart;
  std::vector<kindred::index_t> const column{0};
  for (double const x : {-2.0, -1.0, 1.0, 2.0}) {
    std::vector<double> const value{x};
    apart.add(x > 0 ? 1 : 0, {column, value});
  }
  auto const done = kindred::fit(how, apart.view());
  CHECK(done.model.weights()[0] > 0.5);
  CHECK(kindred::is_finite(done.report.objective));
  how.solver.tolerance = -1;
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, apart.view())); });
  CHECK(e.kind() == kindred::error_kind::setting);
}
