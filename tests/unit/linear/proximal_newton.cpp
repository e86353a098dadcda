// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/proximal_newton.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"
#include "../../support/slow_linear.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using support::labelled;
using support::labels;

namespace {

template <class Loss>
using lasso = kindred::generalized_linear<Loss, kindred::proximal_newton>;

template <class Loss>
void agrees_with_twin(kindred::example_table<double> const& table, double l1, double l2, bool intercept) {
  lasso<Loss> const how{.l2 = l2, .l1 = l1, .intercept = intercept, .solver = {.tolerance = 1e-9}};
  auto const done = kindred::fit(how, table.view());
  CHECK(done.report.converged);
  support::slow_linear<double, Loss> const twin{table.view(), {}, l2, l1, intercept};
  CHECK(done.report.objective == doctest::Approx(static_cast<double>(twin.minimum(400))).epsilon(1e-8));
}

}  // namespace

TEST_CASE("proximal_newton: reaches the objective of a slow twin, with l1 and with both penalties") {
  auto const clicks = labelled<double>(120, 9);
  auto const numbers = labelled<double>(120, 9, labels::number);
  for (double const l2 : {0.0, 2.0})
    for (bool const intercept : {false, true}) {
      agrees_with_twin<kindred::logistic_loss>(clicks, 1.5, l2, intercept);
      agrees_with_twin<kindred::squared_loss>(numbers, 5, l2, intercept);
    }
  agrees_with_twin<kindred::logistic_loss>(clicks, 0, 1, true);
  agrees_with_twin<kindred::poisson_loss>(labelled<double>(120, 9, labels::count), 3, 0.1, true);
}

TEST_CASE("proximal_newton: many columns go by those that may move, to the same end") {
  auto const table = labelled<double>(200, 600, labels::yes_or_no, 0.03);
  agrees_with_twin<kindred::logistic_loss>(table, 0.8, 0, true);
  agrees_with_twin<kindred::logistic_loss>(table, 0.5, 0.3, false);
}

// One column, squared loss: w = soft(sum x y, l1) / sum x^2. With rows (1, 2), (2, 3) and l1 = 3: (8 - 3) / 5 = 1; with
// l1 = 8 and more: 0.
TEST_CASE_TEMPLATE("proximal_newton: soft thresholding by hand", T, float, double) {
  kindred::example_table<T> table;
  std::vector<kindred::index_t> const first{0};
  std::vector<T> const one{1}, two{2};
  table.add(2, {first, one});
  table.add(3, {first, two});
  auto const weight = [&](double l1) {
    return kindred::fit(lasso<kindred::squared_loss>{.l2 = 0, .l1 = l1, .intercept = false}, table.view())
        .model.weights()[0];
  };
  CHECK(static_cast<double>(weight(3)) == doctest::Approx(1));
  CHECK(weight(8) == 0);
  CHECK(weight(100) == 0);
}

TEST_CASE("proximal_newton: what the data do not defend is exactly zero") {
  auto const table = labelled<double>(300, 30, labels::yes_or_no, 0.2);
  std::size_t before = 30;
  for (double const l1 : {0.1, 3.0, 10.0}) {
    auto const model = kindred::fit(lasso<kindred::logistic_loss>{.l2 = 0, .l1 = l1}, table.view()).model;
    std::size_t nonzero = 0;
    for (double const w : model.weights()) nonzero += w != 0;
    CHECK(nonzero <= before);
    before = nonzero;
  }
  CHECK(before < 15);
}

TEST_CASE("proximal_newton: the same bits on any number of threads") {
  auto const table = labelled<float>(1500, 600, labels::yes_or_no, 0.02);
  lasso<kindred::logistic_loss> const how{.l2 = 0, .l1 = 1, .solver = {.tolerance = 1e-3}};
  auto const alone = kindred::fit(how, table.view());
  for (std::size_t const threads : {2u, 16u}) {
    kindred::thread_pool pool(threads);
    CHECK(kindred::fit(how, table.view(), pool).model == alone.model);
  }
}
