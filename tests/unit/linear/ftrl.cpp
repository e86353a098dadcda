// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/ftrl.hpp>

#include "../../support/error_of.hpp"
#include "../../support/labelled.hpp"

#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::error_kind;
using kindred::index_t;
using support::error_of;

namespace {

// Algorithm 1 of McMahan et al., as printed, in long double; column 0 is the intercept, without l1 and l2.
struct slow_ftrl {
  kindred::ftrl_rates rates;
  std::vector<long double> z, n;

  long double weight(std::size_t j) const {
    auto const l1 = static_cast<long double>(j == 0 ? 0 : rates.l1);
    auto const l2 = static_cast<long double>(j == 0 ? 0 : rates.l2);
    if (std::fabs(z[j]) <= l1) return 0;
    auto const alpha = static_cast<long double>(rates.alpha);
    auto const beta = static_cast<long double>(rates.beta);
    return -(z[j] - (z[j] > 0 ? l1 : -l1)) / ((beta + std::sqrt(n[j])) / alpha + l2);
  }
  long double margin(kindred::sparse_row<double> row) const {
    long double sum = weight(0);
    for (std::size_t k = 0; k != row.size(); ++k)
      sum += static_cast<long double>(row.value[k]) * weight(row.index[k] + 1);
    return sum;
  }
  void learn(kindred::sparse_row<double> row, double y, double weight_of_example) {
    long double const p = 1 / (1 + std::exp(-margin(row)));
    auto const one = [&](std::size_t j, long double x) {
      long double const g = static_cast<long double>(weight_of_example) * (p - static_cast<long double>(y)) * x;
      long double const sigma = (std::sqrt(n[j] + g * g) - std::sqrt(n[j])) / static_cast<long double>(rates.alpha);
      z[j] += g - sigma * weight(j);
      n[j] += g * g;
    };
    for (std::size_t k = 0; k != row.size(); ++k) one(row.index[k] + 1, static_cast<long double>(row.value[k]));
    one(0, 1);
  }
};

}  // namespace

TEST_CASE("ftrl_learner: agrees with the algorithm as printed") {
  auto const table = support::labelled<double>(400, 12);
  auto const data = table.view();
  for (kindred::ftrl_rates const rates : {kindred::ftrl_rates{}, {.alpha = 0.5, .beta = 0.3, .l1 = 0.7, .l2 = 0.2}}) {
    kindred::ftrl_learner<double> fast(rates);
    slow_ftrl slow{rates, std::vector<long double>(13, 0), std::vector<long double>(13, 0)};
    for (index_t r = 0; r != data.size(); ++r) {
      long double const before = slow.margin(data.row(r));
      CHECK(fast.update(data.row(r), data.label(r), data.weight(r)) ==
            doctest::Approx(static_cast<double>(before)).epsilon(1e-9));
      slow.learn(data.row(r), data.label(r), data.weight(r));
    }
    auto const model = fast.model();
    for (index_t j = 0; j != 12; ++j)
      CHECK(model.weights()[j] == doctest::Approx(static_cast<double>(slow.weight(j + 1))).epsilon(1e-9));
    CHECK(model.intercept() == doctest::Approx(static_cast<double>(slow.weight(0))).epsilon(1e-9));
  }
}

// alpha = 1, beta = 1, no intercept. First example x = 2, y = 1: p = 1/2, g = -1, n = 1, z = -1, w = 1 / (1 + 1) = 1/2.
TEST_CASE_TEMPLATE("ftrl_learner: the first step by hand", T, float, double) {
  kindred::ftrl_learner<T> learner({.alpha = 1, .beta = 1, .intercept = false});
  std::vector<index_t> const index{3};
  std::vector<T> const value{2};
  kindred::sparse_row<T> const row{index, value};
  CHECK(learner.update(row, 1) == 0);
  CHECK(learner.columns() == 4);
  CHECK(learner.nonzero() == 1);
  CHECK(static_cast<double>(learner.margin(row)) == doctest::Approx(1));
  CHECK(static_cast<double>(learner.predict(row)) == doctest::Approx(1 / (1 + std::exp(-1.0))));
  CHECK(learner.model().margin(row) == learner.margin(row));
}

TEST_CASE_TEMPLATE("ftrl_learner: ignores columns it has not seen, and grows with those it sees", T, float, double) {
  kindred::ftrl_learner<T> learner;
  std::vector<index_t> const far{5, 100000};
  std::vector<T> const value{1, 1};
  CHECK(learner.margin({far, value}) == 0);
  learner.update({far, value}, 1);
  CHECK(learner.columns() == 100001);
  CHECK(learner.margin({far, value}) > 0);
}

TEST_CASE("ftrl_learner: l1 keeps what has little evidence at zero") {
  auto const table = support::labelled<float>(500, 40, support::labels::yes_or_no, 0.1);
  auto const count = [&](double l1) {
    kindred::ftrl_learner<float> learner({.l1 = l1});
    for (index_t r = 0; r != table.size(); ++r) learner.update(table.rows().row(r), table.labels()[r]);
    return learner.nonzero();
  };
  CHECK(count(0) == 40);
  CHECK(count(5) < 30);
  CHECK(count(1000) == 0);
}

TEST_CASE("ftrl_learner: what cannot be learned changes nothing") {
  kindred::ftrl_learner<double> learner;
  std::vector<index_t> const index{0};
  std::vector<double> const nan{std::numeric_limits<double>::quiet_NaN()};
  std::vector<double> const one{1};
  CHECK(error_of([&] { learner.update({index, nan}, 1); }).kind() == error_kind::data);
  CHECK(error_of([&] { learner.update({index, one}, -1); }).kind() == error_kind::data);
  CHECK(error_of([&] { learner.update({index, one}, 1, 0); }).kind() == error_kind::data);
  CHECK(learner.margin({index, one}) == 0);
  CHECK(error_of([] { kindred::ftrl_learner<double>({.alpha = 0}); }).kind() == error_kind::setting);
}

TEST_CASE_TEMPLATE("ftrl_learner: huge values leave it finite", T, float, double) {
  constexpr T huge = (std::numeric_limits<T>::max)();
  kindred::ftrl_learner<T> learner;
  std::vector<index_t> const index{0, 1, 2};
  for (int k = 0; k != 50; ++k) {
    std::vector<T> const value{k % 2 == 0 ? huge : -huge, k % 3 == 0 ? huge : T{1}, huge / 4};
    try {
      learner.update({index, value}, k % 5 == 0 ? T{1} : T{0});
    } catch (kindred::error const& e) { CHECK(e.kind() == error_kind::numeric); }
  }
  auto const model = learner.model();
  for (T const& w : model.weights()) CHECK(kindred::is_finite(w));
  CHECK(kindred::is_finite(model.intercept()));
}

TEST_CASE_TEMPLATE("ftrl: a pass is the stream of updates; further passes lower the loss", T, float, double) {
  auto const table = support::labelled<T>(600, 10);
  auto const data = table.view();
  kindred::ftrl_learner<T> learner({}, data.columns());
  for (index_t r = 0; r != data.size(); ++r) learner.update(data.row(r), data.label(r), data.weight(r));
  auto const once = kindred::fit(kindred::ftrl<>{}, data);
  CHECK(once.model == learner.model());
  CHECK(once.report.epochs == 1);
  CHECK(once.report.converged);
  auto const often = kindred::fit(kindred::ftrl<>{.passes = 5, .seed = 3}, data);
  CHECK(often.report.objective < once.report.objective);
  CHECK(often.model == kindred::fit(kindred::ftrl<>{.passes = 5, .seed = 3}, data).model);
}

TEST_CASE("ftrl: refuses what it cannot learn from") {
  kindred::example_table<float> table;
  CHECK(error_of([&] { static_cast<void>(kindred::fit(kindred::ftrl<>{}, table.view())); }).kind() == error_kind::data);
  table.add(1, {});
  table.add(2, {});
  auto const e = error_of([&] { static_cast<void>(kindred::fit(kindred::ftrl<>{}, table.view())); });
  CHECK(e.row() == 1);
}
