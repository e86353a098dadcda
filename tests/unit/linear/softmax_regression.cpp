// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/softmax_regression.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace {

// Labels 0, 1, 2 of numbers.
template <class T>
kindred::example_table<T> three_classes() {
  auto const numbers = support::labelled<T>(300, 6, support::labels::number);
  kindred::example_table<T> out(6);
  for (kindred::index_t r = 0; r != numbers.size(); ++r) {
    T const y = numbers.labels()[r];
    out.add(y < 0 ? T{0} : y < T{1.5} ? T{1} : T{2}, numbers.rows().row(r), numbers.view().weight(r));
  }
  return out;
}

}  // namespace

// Without columns the probabilities are the shares: of 0, 0, 1, 2 they are 1/2, 1/4, 1/4.
TEST_CASE_TEMPLATE("softmax_regression: intercepts alone give the shares", T, float, double) {
  kindred::example_table<T> table;
  for (int const y : {0, 0, 1, 2}) table.add(static_cast<T>(y), {});
  auto const model = kindred::fit(kindred::softmax_regression{.solver = {.tolerance = 1e-8}}, table.view()).model;
  REQUIRE(model.classes() == 3);
  std::array<T, 3> p{};
  model.predict(kindred::sparse_row<T>{}, std::span<T>(p));
  CHECK(static_cast<double>(p[0]) == doctest::Approx(0.5).epsilon(1e-5));
  CHECK(static_cast<double>(p[1]) == doctest::Approx(0.25).epsilon(1e-5));
  CHECK(static_cast<double>(p[2]) == doctest::Approx(0.25).epsilon(1e-5));
}

TEST_CASE("softmax_regression: with two classes the probabilities of logistic regression with half the l2") {
  auto const table = support::labelled<double>(200, 5);
  auto const two =
      kindred::fit(kindred::softmax_regression{.l2 = 2, .solver = {.tolerance = 1e-9}}, table.view()).model;
  auto const one =
      kindred::fit(kindred::logistic_regression<>{.l2 = 1, .solver = {.tolerance = 1e-9}}, table.view()).model;
  std::array<double, 2> p{};
  for (kindred::index_t r = 0; r != table.size(); ++r) {
    two.predict(table.rows().row(r), std::span<double>(p));
    CHECK(p[1] == doctest::Approx(one.predict(table.rows().row(r))).epsilon(1e-6));
  }
}

// At the minimum no small change of any parameter lowers the objective, which is computed here anew.
TEST_CASE("softmax_regression: ends at a minimum") {
  auto const table = three_classes<double>();
  for (double const l1 : {0.0, 4.0}) {
    auto const done =
        kindred::fit(kindred::softmax_regression{.l2 = 0.5, .l1 = l1, .solver = {.tolerance = 1e-9}}, table.view());
    CHECK(done.report.converged);
    std::vector<double> w;
    for (kindred::index_t j = 0; j != 6; ++j)
      for (std::size_t c = 0; c != 3; ++c) w.push_back(done.model.weight(j, c));
    for (std::size_t c = 0; c != 3; ++c) w.push_back(done.model.intercept(c));
    auto const objective = [&] {
      long double sum = 0;
      for (kindred::index_t r = 0; r != table.size(); ++r) {
        auto const row = table.rows().row(r);
        std::array<long double, 3> z{};
        for (std::size_t c = 0; c != 3; ++c) {
          z[c] = w[18 + c];
          for (std::size_t k = 0; k != row.size(); ++k)
            z[c] += static_cast<long double>(row.value[k]) * w[row.index[k] * 3 + c];
        }
        sum += static_cast<long double>(table.view().weight(r)) *
               (std::log(std::exp(z[0]) + std::exp(z[1]) + std::exp(z[2])) -
                z[static_cast<std::size_t>(table.labels()[r])]);
      }
      for (std::size_t k = 0; k != 18; ++k) sum += 0.25L * w[k] * w[k] + static_cast<long double>(l1 * std::abs(w[k]));
      return static_cast<double>(sum);
    };
    double const least = objective();
    CHECK(done.report.objective == doctest::Approx(least).epsilon(1e-12));
    for (double& x : w)
      for (double const h : {1e-4, -1e-4}) {
        x += h;
        CHECK(objective() >= least - 1e-10);
        x -= h;
      }
    std::size_t zero = 0;
    for (double const x : w) zero += x == 0;
    CHECK((l1 > 0) == (zero > 0));
  }
}

TEST_CASE_TEMPLATE("softmax_regression: dense as sparse rows, and the same bits on any number of threads", T, float,
                   double) {
  auto const table = three_classes<T>();
  support::dense_examples<T> const dense(table.view());
  kindred::softmax_regression const how{};
  auto const alone = kindred::fit(how, table.view());
  CHECK(kindred::fit(how, dense.view()).report.objective == doctest::Approx(alone.report.objective).epsilon(1e-6));
  kindred::thread_pool pool(5);
  CHECK(kindred::fit(how, table.view(), pool).model == alone.model);
}

TEST_CASE("softmax_regression: refuses labels that number no class") {
  auto const kind = [](double label) {
    kindred::example_table<double> table;
    table.add(0, {});
    table.add(label, {});
    auto const e =
        support::error_of([&] { static_cast<void>(kindred::fit(kindred::softmax_regression{}, table.view())); });
    CHECK(e.row() == 1);
    return e.kind();
  };
  for (double const label : {-1.0, 0.5, 1e9}) CHECK(kind(label) == kindred::error_kind::data);
}

TEST_CASE("softmax_regression: separable, one class, empty rows end with finite probabilities") {
  std::vector<kindred::index_t> const column{0};
  for (int const classes : {1, 3}) {
    kindred::example_table<double> table(1);
    for (int k = 0; k != 9; ++k) {
      std::vector<double> const value{static_cast<double>(k)};
      if (k % 4 == 3) table.add(k * classes / 9, {});
      else table.add(k * classes / 9, {column, value});
    }
    for (double const l1 : {0.0, 1.0}) {
      auto const done = kindred::fit(kindred::softmax_regression{.l2 = 0, .l1 = l1}, table.view());
      CHECK(kindred::is_finite(done.report.objective));
      std::vector<double> p(done.model.classes());
      done.model.predict(table.rows().row(8), std::span<double>(p));
      CHECK(p.back() > 0.5);
    }
  }
}
