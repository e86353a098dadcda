// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/group_lasso.hpp>

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

using kindred::group_lasso;
using kindred::index_t;
using support::labelled;

namespace {

using grouped = kindred::logistic_regression<group_lasso>;

// The price of groups, read literally.
long double price(std::vector<index_t> const& group, double strength, std::vector<long double> const& w) {
  long double sum = 0;
  for (index_t g = 0; g != group.size(); ++g) {
    long double squares = 0, columns = 0;
    for (std::size_t j = 0; j != group.size(); ++j)
      if (group[j] == g) {
        squares += w[j] * w[j];
        ++columns;
      }
    sum += static_cast<long double>(strength) * std::sqrt(columns * squares);
  }
  return sum;
}

}  // namespace

// Rows (1, 0), (0, 1) with labels 3 and 4, squared loss: without a price w = (3, 4), of length 5. One group of two with the
// strength s shrinks the length by sqrt(2) s, keeping the direction: to 4 with sqrt(2) s = 1, to 0 with sqrt(2) s >= 5.
TEST_CASE_TEMPLATE("group_lasso: two columns by hand", T, float, double) {
  kindred::example_table<T> table(2);
  std::vector<T> const one{1};
  for (index_t const j : {0u, 1u}) {
    std::vector<index_t> const column{j};
    table.add(static_cast<T>(3 + j), {column, one});
  }
  using recipe = kindred::linear_regression<group_lasso>;
  auto const fit = [&](double strength, std::vector<index_t> group) {
    return kindred::fit(
               recipe{.l2 = 0, .intercept = false, .solver = {.group = group, .strength = strength, .tolerance = 1e-8}},
               table.view())
        .model;
  };
  auto const together = fit(1 / std::sqrt(2.0), {0, 0});
  CHECK(static_cast<double>(together.weights()[0]) == doctest::Approx(3 * 0.8));
  CHECK(static_cast<double>(together.weights()[1]) == doctest::Approx(4 * 0.8));
  auto const none = fit(5.001 / std::sqrt(2.0), {0, 0});
  for (T const w : none.weights()) CHECK(w == 0);
  // Each for itself, a group is an l1.
  auto const apart = fit(3.5, {});
  CHECK(apart.weights()[0] == 0);
  CHECK(static_cast<double>(apart.weights()[1]) == doctest::Approx(0.5));
}

TEST_CASE("group_lasso: columns that are each a group have the lasso's minimum") {
  auto const table = labelled<double>(120, 9);
  auto const done = kindred::fit(grouped{.l2 = 0.5, .solver = {.strength = 1.5, .tolerance = 1e-8}}, table.view());
  CHECK(done.report.converged);
  support::slow_linear<double, kindred::logistic_loss> const twin{table.view(), {}, 0.5, 1.5, true};
  CHECK(done.report.objective == doctest::Approx(static_cast<double>(twin.minimum(400))).epsilon(1e-8));
}

TEST_CASE("group_lasso: groups stay or go as one, at a minimum") {
  auto const table = labelled<double>(150, 9);
  std::vector<index_t> const group{0, 0, 0, 1, 1, 1, 2, 2, 2};
  for (double const l1 : {0.0, 1.0}) {
    grouped const how{.l2 = 0, .l1 = l1, .solver = {.group = group, .strength = 6, .tolerance = 1e-9}};
    auto const done = kindred::fit(how, table.view());
    CHECK(done.report.converged);
    std::vector<long double> w(done.model.weights().begin(), done.model.weights().end());
    std::size_t gone = 0;
    for (std::size_t g = 0; g != 3; ++g) {
      std::size_t zero = 0;
      for (std::size_t j = 0; j != 3; ++j) zero += w[3 * g + j] == 0;
      if (l1 == 0) CHECK((zero == 0 || zero == 3));
      gone += zero == 3;
    }
    CHECK(gone >= 1);
    CHECK(gone <= 2);
    // No small change of any weight does better, by the objective computed anew.
    w.push_back(static_cast<long double>(done.model.intercept()));
    support::slow_linear<double, kindred::logistic_loss> const twin{table.view(), {}, 0, l1, true};
    auto const objective = [&] {
      return static_cast<double>(twin.value(w) + price(group, 6, std::vector<long double>(w.begin(), w.begin() + 9)));
    };
    double const least = objective();
    CHECK(done.report.objective == doctest::Approx(least).epsilon(1e-12));
    for (long double& x : w)
      for (double const h : {1e-4, -1e-4}) {
        x += static_cast<long double>(h);
        CHECK(objective() >= least - 1e-10);
        x -= static_cast<long double>(h);
      }
  }
}

TEST_CASE("group_lasso: the same bits on any number of threads, and settings refused") {
  auto const table = labelled<float>(1500, 20);
  grouped how{.l2 = 0, .solver = {.strength = 20}};
  for (index_t j = 0; j != 20; ++j) how.solver.group.push_back(j / 4);
  auto const alone = kindred::fit(how, table.view());
  kindred::thread_pool pool(3);
  CHECK(kindred::fit(how, table.view(), pool).model == alone.model);
  auto const refused = [&](kindred::error_kind kind, char const* what) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, table.view())); });
    CHECK(e.kind() == kind);
    CHECK(support::says(e, what));
  };
  how.solver.group[3] = 20;
  refused(kindred::error_kind::setting, "group 20 of 20 columns");
  how.solver.group.pop_back();
  refused(kindred::error_kind::shape, "groups of 19 columns");
  how.solver.strength = -1;
  refused(kindred::error_kind::setting, "strength");
}
