// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/objective.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/labelled.hpp"
#include "../../support/slow_linear.hpp"

#include <kindred/run/random.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/solve/poisson_loss.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace {

using kindred::index_t;

std::vector<double> some_weights(std::size_t size) {
  std::vector<double> w(size);
  kindred::random_stream random(5, 0);
  for (double& x : w) x = kindred::normal(random) / 3;
  return w;
}

// Value, gradient, diagonal and products at w, in one place.
template <class Objective>
struct derivatives {
  derivatives(Objective& f, std::vector<double> const& w, std::vector<double> const& v)
      : gradient(f.size()), diagonal(f.size()), product(f.size()) {
    kindred::sequential ex;
    std::vector<double> margin(f.examples_count()), slope(margin), curvature(margin), change(margin);
    f.margins(ex, w, true, margin);
    value = f.losses(ex, margin, 0, {}, slope, curvature) + f.penalty_of(ex, w);
    f.gradient(ex, w, slope, gradient);
    f.diagonal(ex, curvature, diagonal);
    f.curvature_product(ex, curvature, v, change, product);
  }
  double value;
  std::vector<double> gradient, diagonal, product;
};

template <class Rows, class Loss>
void is_consistent(kindred::examples<Rows> data, kindred::examples<kindred::csr_view<double>> sparse) {
  kindred::linear_objective<Rows, Loss> f(data, {}, {.l2 = 0.7}, true);
  auto const w = some_weights(f.size());
  std::vector<double> v(f.size());
  for (std::size_t j = 0; j != v.size(); ++j) v[j] = std::sin(static_cast<double>(j) + 1);
  derivatives const at(f, w, v);
  support::slow_linear<double, Loss> const twin{sparse, {}, 0.7, 0, true};
  CHECK(at.value == doctest::Approx(static_cast<double>(twin.value({w.begin(), w.end()}))).epsilon(1e-12));
  double const h = 1e-5;
  for (std::size_t j = 0; j != w.size(); ++j) {
    auto up = w, down = w;
    up[j] += h;
    down[j] -= h;
    derivatives const above(f, up, v), below(f, down, v);
    CHECK(at.gradient[j] == doctest::Approx((above.value - below.value) / (2 * h)).epsilon(1e-6));
    CHECK(at.diagonal[j] == doctest::Approx((above.gradient[j] - below.gradient[j]) / (2 * h)).epsilon(1e-6));
  }
  auto along = w, against = w;
  for (std::size_t j = 0; j != w.size(); ++j) {
    along[j] += h * v[j];
    against[j] -= h * v[j];
  }
  derivatives const above(f, along, v), below(f, against, v);
  for (std::size_t j = 0; j != w.size(); ++j)
    CHECK(at.product[j] == doctest::Approx((above.gradient[j] - below.gradient[j]) / (2 * h)).epsilon(1e-6));
}

}  // namespace

TEST_CASE("linear_objective: derivatives are finite differences, for sparse and dense rows") {
  auto const table = support::labelled<double>(60, 8);
  support::dense_examples<double> const dense(table.view());
  is_consistent<kindred::csr_view<double>, kindred::logistic_loss>(table.view(), table.view());
  is_consistent<kindred::matrix_view<double>, kindred::logistic_loss>(dense.view(), table.view());
  auto const counts = support::labelled<double>(60, 8, support::labels::count);
  is_consistent<kindred::csr_view<double>, kindred::poisson_loss>(counts.view(), counts.view());
}

TEST_CASE("linear_objective: sums have the same bits in any order of tasks") {
  auto const table = support::labelled<float>(2500, 20);  // several parts
  kindred::linear_objective<kindred::csr_view<float>, kindred::logistic_loss> f(table.view(), {}, {}, true);
  auto const w = some_weights(f.size());
  auto const run = [&](auto ex) {
    std::vector<double> margin(table.size()), slope(margin), curvature(margin), change(margin), out(f.size());
    f.margins(ex, w, true, margin);
    std::vector<double> all{f.losses(ex, margin, 0, {}, slope, curvature)};
    f.gradient(ex, w, slope, out);
    all.insert(all.end(), out.begin(), out.end());
    f.curvature_product(ex, curvature, w, change, out);
    all.insert(all.end(), out.begin(), out.end());
    return all;
  };
  auto const straight = run(kindred::sequential{});
  CHECK(straight == run(support::reversed{}));
  CHECK(straight == run(support::shuffled{}));
}

TEST_CASE("linear_objective: names the row of a label that the loss does not take") {
  kindred::example_table<float> table;
  table.add(1, {});
  table.add(-1, {});
  auto const e = support::error_of([&] {
    kindred::linear_objective<kindred::csr_view<float>, kindred::logistic_loss> const f(table.view(), {}, {}, true);
  });
  CHECK(e.kind() == kindred::error_kind::data);
  CHECK(e.row() == 1);
  CHECK(support::says(e, "the label -1 of row 1"));
}
