// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/linear_solver.hpp>

#include "../../support/labelled.hpp"

#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <vector>

namespace {

// [model]
// Steepest descent with a fixed step.
struct gradient_descent {
  double rate = 0.01;
  std::uint32_t steps = 1000;

  template <class Objective, kindred::executor E, kindred::observer O>
  kindred::fit_report minimize(Objective& f, std::span<double> w, E& ex, O& watch) const {
    std::vector<double> gradient(f.size()), margin(f.examples_count()), slope(f.examples_count());
    kindred::fit_report report;
    while (report.epochs != steps) {
      f.margins(ex, w, true, margin);
      report.objective = f.losses(ex, margin, 0, {}, slope, {}) + f.penalty_of(ex, w);
      f.gradient(ex, w, slope, gradient);
      for (std::size_t j = 0; j != w.size(); ++j) w[j] -= rate * gradient[j];
      if (watch({++report.epochs, report.objective}) == kindred::flow::stop) break;
    }
    return report;
  }
};
// [/model]

}  // namespace

TEST_CASE("the minimal solver finds what newton finds") {
  auto const table = support::labelled<double>(100, 4);
  using objective = kindred::linear_objective<kindred::csr_view<double>, kindred::logistic_loss>;
  static_assert(kindred::linear_solver<gradient_descent, objective>);
  static_assert(kindred::linear_solver<kindred::newton, objective>);
  auto const slow = kindred::fit(kindred::logistic_regression<gradient_descent>{}, table.view());
  auto const fast = kindred::fit(kindred::logistic_regression<>{.solver = {.tolerance = 1e-8}}, table.view());
  CHECK(slow.report.objective == doctest::Approx(fast.report.objective).epsilon(1e-6));
}
