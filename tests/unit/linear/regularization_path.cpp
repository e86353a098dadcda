// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/regularization_path.hpp>

#include "../../support/labelled.hpp"

#include <kindred/linear/proximal_newton.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>

TEST_CASE("regularization_path: the models of single fits, in less work") {
  auto const table = support::labelled<double>(300, 15);
  using lasso = kindred::logistic_regression<kindred::proximal_newton>;
  lasso how{.l2 = 0, .solver = {.tolerance = 1e-8}};
  double const strengths[] = {20, 10, 5, 2};
  auto const fits = kindred::regularization_path(how, &lasso::l1, std::span<double const>(strengths), table.view());
  REQUIRE(fits.size() == 4);
  std::uint32_t warm = 0, cold = 0;
  for (std::size_t k = 0; k != 4; ++k) {
    how.l1 = strengths[k];
    auto const alone = kindred::fit(how, table.view());
    CHECK(fits[k].report.objective == doctest::Approx(alone.report.objective).epsilon(1e-9));
    CHECK(fits[k].report.converged);
    warm += fits[k].report.epochs;
    cold += alone.report.epochs;
  }
  CHECK(warm <= cold);
}
