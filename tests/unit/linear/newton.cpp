// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/newton.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"
#include "../../support/slow_linear.hpp"

#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using support::labelled;
using support::labels;

namespace {

template <class Loss>
void agrees_with_twin(labels kind, double l2, bool intercept) {
  auto const table = labelled<double>(120, 9, kind);
  kindred::generalized_linear<Loss, kindred::newton> const how{
      .l2 = l2, .intercept = intercept, .solver = {.tolerance = 1e-10}};
  auto const done = kindred::fit(how, table.view());
  CHECK(done.report.converged);
  support::slow_linear<double, Loss> const twin{table.view(), {}, l2, 0, intercept};
  double const least = static_cast<double>(twin.minimum(600));
  CHECK(done.report.objective == doctest::Approx(least).epsilon(1e-8));
  CHECK(done.report.objective <= least + 1e-9 * std::abs(least));
}

}  // namespace

TEST_CASE("newton: reaches the objective of a slow twin") {
  for (double const l2 : {0.01, 1.0, 30.0})
    for (bool const intercept : {false, true}) {
      agrees_with_twin<kindred::logistic_loss>(labels::yes_or_no, l2, intercept);
      agrees_with_twin<kindred::squared_hinge_loss>(labels::yes_or_no, l2, intercept);
      agrees_with_twin<kindred::squared_loss>(labels::number, l2, intercept);
      agrees_with_twin<kindred::poisson_loss>(labels::count, l2, intercept);
    }
}

// Ridge regression of one column without intercept: w = sum c x y / (l2 + sum c x^2). With rows (x, y) = (1, 2), (2, 3), (3, 7)
// and l2 = 2: (2 + 6 + 21) / (2 + 1 + 4 + 9) = 29 / 16.
TEST_CASE_TEMPLATE("newton: one step solves least squares", T, float, double) {
  kindred::example_table<T> table;
  std::vector<kindred::index_t> const first{0};
  for (auto const& [x, y] : {std::pair{1, 2}, {2, 3}, {3, 7}}) {
    std::vector<T> const value{static_cast<T>(x)};
    table.add(static_cast<T>(y), {first, value});
  }
  auto const done = kindred::fit(kindred::linear_regression<>{.l2 = 2, .intercept = false}, table.view());
  CHECK(done.report.epochs == 1);
  CHECK(done.report.converged);
  CHECK(static_cast<double>(done.model.weights()[0]) == doctest::Approx(29.0 / 16).epsilon(1e-6));
}

// Without columns the intercept alone is fitted: the log-odds of the mean. Three of four are yes: log 3.
TEST_CASE_TEMPLATE("newton: the intercept alone is the log-odds of the mean", T, float, double) {
  kindred::example_table<T> table;
  for (int const y : {1, 0, 1, 1}) table.add(static_cast<T>(y), {});
  auto const done = kindred::fit(kindred::logistic_regression<>{.solver = {.tolerance = 1e-9}}, table.view());
  CHECK(done.report.converged);
  CHECK(static_cast<double>(done.model.intercept()) == doctest::Approx(std::log(3.0)).epsilon(1e-6));
}

TEST_CASE("newton: more than 512 parameters go by the diagonal, to the same end") {
  auto const table = labelled<double>(300, 700, labels::yes_or_no, 0.02);
  auto const done =
      kindred::fit(kindred::logistic_regression<>{.l2 = 0.5, .solver = {.tolerance = 1e-10}}, table.view());
  CHECK(done.report.converged);
  support::slow_linear<double, kindred::logistic_loss> const twin{table.view(), {}, 0.5, 0, true};
  CHECK(done.report.objective == doctest::Approx(static_cast<double>(twin.minimum(200))).epsilon(1e-8));
}

TEST_CASE("newton: a warm start takes fewer steps to the same objective") {
  auto const table = labelled<double>(400, 12);
  kindred::logistic_regression<> how{.l2 = 1, .solver = {.tolerance = 1e-8}};
  auto const cold = kindred::fit(how, table.view());
  kindred::sequential ex;
  kindred::silent watch;
  auto const warm = how.fit_from(cold.model, table.view(), ex, watch);
  CHECK(warm.report.epochs <= 1);
  CHECK(warm.report.objective == doctest::Approx(cold.report.objective).epsilon(1e-10));
}

TEST_CASE("newton: what has no best weights ends with finite ones") {
  SUBCASE("separable, no penalty") {
    kindred::example_table<double> table;
    std::vector<kindred::index_t> const first{0};
    for (int x = -5; x != 6; ++x) {
      std::vector<double> const value{x + 0.5};
      table.add(x < 0 ? 0 : 1, {first, value});
    }
    auto const done = kindred::fit(kindred::logistic_regression<>{.l2 = 0}, table.view());
    CHECK(done.report.objective < 0.01);
    CHECK(done.model.weights()[0] > 5);
    CHECK(kindred::is_finite(done.model.weights()[0]));
  }
  SUBCASE("one class") {
    kindred::example_table<double> table(3);
    for (int k = 0; k != 20; ++k) table.add(1, {});
    auto const done = kindred::fit(kindred::logistic_regression<>{}, table.view());
    CHECK(done.model.predict(kindred::sparse_row<double>{}) > 0.99);
    CHECK(kindred::is_finite(done.model.intercept()));
  }
  SUBCASE("a column that never has a value, and one that is constant, without a penalty") {
    kindred::example_table<double> table(3);
    std::vector<kindred::index_t> const constant{1};
    std::vector<double> const one{1};
    for (int k = 0; k != 20; ++k) table.add(k % 4 == 0 ? 1 : 0, {constant, one});
    auto const done =
        kindred::fit(kindred::logistic_regression<>{.l2 = 0, .solver = {.tolerance = 1e-8}}, table.view());
    CHECK(done.report.converged);
    CHECK(done.model.weights()[0] == 0);
    CHECK(done.model.predict(kindred::sparse_row<double>{constant, one}) == doctest::Approx(0.25));
  }
}

TEST_CASE("newton: refuses what it cannot do") {
  auto const table = labelled<float>(10, 3);
  CHECK(support::says(support::error_of([&] {
                        static_cast<void>(kindred::fit(kindred::logistic_regression<>{.l1 = 1}, table.view()));
                      }),
                      "newton cannot minimize with l1 = 1"));
  CHECK(support::error_of([&] {
          static_cast<void>(kindred::fit(kindred::logistic_regression<>{.solver = {.tolerance = -1}}, table.view()));
        }).kind() == kindred::error_kind::setting);
}

TEST_CASE("newton: tells the observer a falling objective, and stops when told") {
  auto const table = labelled<double>(300, 20);
  std::vector<double> heard;
  auto watch = [&](kindred::progress const& p) {
    heard.push_back(p.objective);
    return p.epoch == 2 ? kindred::flow::stop : kindred::flow::proceed;
  };
  kindred::sequential ex;
  auto const done =
      kindred::fit(kindred::logistic_regression<>{.solver = {.tolerance = 1e-12}}, table.view(), ex, watch);
  CHECK(done.report.epochs == 2);
  CHECK_FALSE(done.report.converged);
  REQUIRE(heard.size() == 2);
  CHECK(heard[1] < heard[0]);
  CHECK(done.report.objective == heard[1]);
}
