// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/generalized_linear.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/linear/dual_descent.hpp>
#include <kindred/linear/group_lasso.hpp>
#include <kindred/linear/lbfgs.hpp>
#include <kindred/linear/owlqn.hpp>
#include <kindred/linear/proximal_newton.hpp>
#include <kindred/linear/saga.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <vector>

using kindred::error_kind;
using support::error_of;
using support::labelled;

TEST_CASE_TEMPLATE("generalized_linear: dense and sparse rows give the same model", T, float, double) {
  auto const table = labelled<T>(200, 10);
  support::dense_examples<T> const dense(table.view());
  kindred::logistic_regression<> const how{.l2 = 0.5, .solver = {.tolerance = 1e-6}};
  auto const a = kindred::fit(how, table.view());
  auto const b = kindred::fit(how, dense.view());
  CHECK(a.report.objective == doctest::Approx(b.report.objective).epsilon(1e-6));
  for (std::size_t j = 0; j != 10; ++j)
    CHECK(static_cast<double>(a.model.weights()[j]) ==
          doctest::Approx(static_cast<double>(b.model.weights()[j])).epsilon(1e-3));
}

TEST_CASE_TEMPLATE("generalized_linear: the same bits on any number of threads", T, float, double) {
  auto const table = labelled<T>(2500, 20);
  kindred::logistic_regression<> const how{};
  auto const alone = kindred::fit(how, table.view());
  for (std::size_t const threads : {2u, 7u, 16u}) {
    kindred::thread_pool pool(threads);
    auto const together = kindred::fit(how, table.view(), pool);
    CHECK(together.model == alone.model);
    CHECK(together.report.objective == alone.report.objective);
  }
}

// A weight counts like so many examples.
TEST_CASE("generalized_linear: weights repeat examples") {
  kindred::example_table<double> weighted, repeated;
  std::vector<kindred::index_t> const index{0, 1};
  for (int k = 0; k != 20; ++k) {
    std::vector<double> const value{k % 3 - 1.0, k % 5 - 2.0};
    double const label = k % 2;
    weighted.add(label, {index, value}, k % 4 == 1 ? 3 : 1);
    for (int copy = 0; copy != (k % 4 == 1 ? 3 : 1); ++copy) repeated.add(label, {index, value});
  }
  kindred::logistic_regression<> const how{.solver = {.tolerance = 1e-9}};
  CHECK(kindred::fit(how, weighted.view()).report.objective ==
        doctest::Approx(kindred::fit(how, repeated.view()).report.objective).epsilon(1e-12));
}

// An offset that already says everything leaves nothing to learn: with labels 0.5 at offset 0 the gradient is zero.
TEST_CASE("generalized_linear: offsets are added before the loss") {
  auto const table = labelled<double>(200, 4);
  std::vector<double> offset(table.size(), 1.5);
  auto const shifted = kindred::examples<kindred::csr_view<double>>::from(
      table.rows(), table.labels(), {.weight = table.view().weights(), .offset = offset});
  kindred::logistic_regression<> const how{.solver = {.tolerance = 1e-10}};
  auto const plain = kindred::fit(how, table.view()).model;
  auto const model = kindred::fit(how, shifted).model;
  CHECK(model.intercept() == doctest::Approx(plain.intercept() - 1.5).epsilon(1e-7));
  CHECK(model.weights()[2] == doctest::Approx(plain.weights()[2]).epsilon(1e-7));
}

TEST_CASE("generalized_linear: refuses settings, labels and sizes that make no sense") {
  auto const table = labelled<float>(20, 4);
  auto const kind = [&](auto how) {
    return error_of([&] { static_cast<void>(kindred::fit(how, table.view())); }).kind();
  };
  CHECK(kind(kindred::logistic_regression<>{.l2 = -1}) == error_kind::setting);
  CHECK(kind(kindred::logistic_regression<>{.l1 = -1}) == error_kind::setting);
  kindred::example_table<float> const none;
  CHECK(error_of([&] { static_cast<void>(kindred::fit(kindred::logistic_regression<>{}, none.view())); }).kind() ==
        error_kind::data);
  auto const other = labelled<float>(20, 5);
  auto const model = kindred::fit(kindred::logistic_regression<>{}, other.view()).model;
  kindred::sequential ex;
  kindred::silent watch;
  CHECK(error_of([&] {
          static_cast<void>(kindred::logistic_regression<>{}.fit_from(model, table.view(), ex, watch));
        }).kind() == error_kind::shape);
}

// Values from 1e-30 to 1e30 in one table: finite weights, or a clear error.
TEST_CASE_TEMPLATE("generalized_linear: huge and tiny values end in finite weights or an error", T, float, double) {
  kindred::example_table<T> table;
  std::vector<kindred::index_t> const index{0, 1, 2};
  for (int k = 0; k != 40; ++k) {
    std::vector<T> const value{static_cast<T>(k % 3 == 0 ? 1e30 : -1e30), static_cast<T>(k * 1e-30),
                               static_cast<T>(k % 7)};
    table.add(static_cast<T>(k % 2), {index, value});
  }
  auto const check = [&](auto const& how) {
    try {
      auto const done = kindred::fit(how, table.view());
      CHECK(kindred::is_finite(done.report.objective));
      for (T const& w : done.model.weights()) CHECK(kindred::is_finite(w));
    } catch (kindred::error const& e) { CHECK(e.kind() == error_kind::numeric); }
  };
  check(kindred::logistic_regression<>{});
  check(kindred::logistic_regression<kindred::proximal_newton>{.l2 = 0, .l1 = 1});
  check(kindred::logistic_regression<kindred::lbfgs>{});
  check(kindred::logistic_regression<kindred::dual_descent>{.intercept = false, .solver = {.epochs = 20}});
  check(kindred::linear_regression<>{.l2 = 0});
  check(kindred::poisson_regression<>{});
}

namespace {

// What has no best weights, or nothing to learn: the weights have to end finite, and on the right side.
template <class Solver>
void ends_finite(Solver const& solver) {
  kindred::logistic_regression<Solver> const free{.l2 = 0, .solver = solver};
  std::vector<kindred::index_t> const both{0, 1};
  auto const fit = [&](kindred::example_table<double> const& table) {
    auto const done = kindred::fit(free, table.view());
    CHECK(kindred::is_finite(done.report.objective));
    CHECK(kindred::is_finite(done.model.intercept()));
    for (double const w : done.model.weights()) CHECK(kindred::is_finite(w));
    return done.model;
  };
  kindred::example_table<double> apart(2), one_class(2), empty(2);
  for (int k = 0; k != 12; ++k) {
    std::vector<double> const value{k < 6 ? -1.0 - k : k - 5.0, 7};  // the second column is constant
    apart.add(k < 6 ? 0 : 1, {both, value});
    one_class.add(1, {both, value});
    empty.add(k % 3 == 0 ? 1 : 0, {});
  }
  auto const separated = fit(apart);
  for (kindred::index_t r = 0; r != apart.size(); ++r)
    CHECK((separated.margin(apart.rows().row(r)) > 0) == (apart.labels()[r] > 0));
  auto const certain = fit(one_class);
  for (kindred::index_t r = 0; r != 12; ++r) CHECK(certain.predict(one_class.rows().row(r)) > 0.5);
  CHECK(fit(empty).predict(kindred::sparse_row<double>{}) == doctest::Approx(1 / 3.0).epsilon(1e-3));
}

}  // namespace

TEST_CASE("generalized_linear: separable, one class, a constant column, empty rows: every solver ends finite") {
  ends_finite(kindred::newton{});
  ends_finite(kindred::proximal_newton{});
  ends_finite(kindred::lbfgs{});
  ends_finite(kindred::owlqn{});
  ends_finite(kindred::saga{});
  ends_finite(kindred::group_lasso{.strength = 0});
}
