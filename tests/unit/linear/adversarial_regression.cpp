// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/adversarial_regression.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using support::labelled;

namespace {

// The loss under the worst move of every example, found by moving it: each feature by reach against sign(w) y.
template <class Model>
double worst_loss(Model const& model, kindred::examples<kindred::matrix_view<double>> data, double reach) {
  double sum = 0;
  for (kindred::index_t r = 0; r != data.size(); ++r) {
    std::vector<double> moved(data.row(r).begin(), data.row(r).end());
    double const y = data.label(r) > 0 ? 1 : -1;
    for (std::size_t j = 0; j != moved.size(); ++j) moved[j] -= y * reach * (model.weights()[j] > 0 ? 1 : -1);
    sum += data.weight(r) * std::log1p(std::exp(-y * model.margin(kindred::dense_row<double>(moved))));
  }
  return sum;
}

}  // namespace

TEST_CASE("adversarial_regression: without reach it is logistic regression") {
  auto const table = labelled<double>(150, 6);
  auto const a =
      kindred::fit(kindred::adversarial_regression{.reach = 0, .l2 = 0.5, .solver = {.tolerance = 1e-8}}, table.view());
  auto const b = kindred::fit(kindred::logistic_regression<>{.l2 = 0.5, .solver = {.tolerance = 1e-8}}, table.view());
  CHECK(a.report.objective == doctest::Approx(b.report.objective).epsilon(1e-9));
}

TEST_CASE(
    "adversarial_regression: the objective is the loss under the worst move, and less than that of plain weights") {
  auto const table = labelled<double>(150, 6);
  support::dense_examples<double> const dense(table.view());
  double const reach = 0.3;
  kindred::adversarial_regression const how{
      .reach = reach, .l2 = 0.5, .smoothing = 1e-5, .solver = {.tolerance = 1e-5}};
  auto const done = kindred::fit(how, dense.view());
  double squares = 0, plain_squares = 0;
  for (double const w : done.model.weights()) squares += w * w;
  CHECK(done.report.objective ==
        doctest::Approx(worst_loss(done.model, dense.view(), reach) + squares / 4).epsilon(1e-4));
  auto const plain = kindred::fit(kindred::logistic_regression<>{.l2 = 0.5}, dense.view()).model;
  for (double const w : plain.weights()) plain_squares += w * w;
  CHECK(worst_loss(done.model, dense.view(), reach) + squares / 4 <
        worst_loss(plain, dense.view(), reach) + plain_squares / 4 - 1);
}

TEST_CASE("adversarial_regression: the same bits on any number of threads; refuses what makes no sense") {
  auto const table = labelled<float>(2500, 15);
  kindred::adversarial_regression how{};
  auto const alone = kindred::fit(how, table.view());
  kindred::thread_pool pool(4);
  CHECK(kindred::fit(how, table.view(), pool).model == alone.model);
  auto const kind = [&] {
    return support::error_of([&] { static_cast<void>(kindred::fit(how, table.view())); }).kind();
  };
  how.smoothing = 0;
  CHECK(kind() == kindred::error_kind::setting);
  how = {.reach = -1};
  CHECK(kind() == kindred::error_kind::setting);
}
