// SPDX-License-Identifier: BSL-1.0
//
// Clusters and linear models that are killed after any round end in the bits of those that never were.
#if __has_include(<nlohmann/json.hpp>)
#include "../../support/error_of.hpp"
#include "resumed.hpp"

#include <kindred/cluster/gaussian_mixture.hpp>
#include <kindred/cluster/initial.hpp>
#include <kindred/cluster/kmeans.hpp>
#include <kindred/cluster/mini_batch_kmeans.hpp>
#include <kindred/cluster/spherical_kmeans.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/linear/adversarial_regression.hpp>
#include <kindred/linear/dual_descent.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/linear/lbfgs.hpp>
#include <kindred/linear/owlqn.hpp>
#include <kindred/linear/saga.hpp>
#include <kindred/linear/softmax_regression.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace {

using namespace kindred;
using support::check_resumed;

example_table<float> examples_of(index_t count, index_t columns) {
  example_table<float> table(columns);
  random_stream random(1, 2);
  for (index_t k = 0; k != count; ++k) {
    std::vector<index_t> index;
    std::vector<float> value;
    double sum = normal(random);
    for (index_t j = 0; j != columns; ++j) {
      if (below(random, 3u) != 0) continue;
      index.push_back(j);
      value.push_back(static_cast<float>(normal(random)));
      sum += static_cast<double>(value.back()) * (j % 4 != 0 ? 1 : -1);
    }
    table.add(sum > 0 ? 1.0f : 0.0f, {index, value});
  }
  return table;
}

}  // namespace

TEST_CASE("resumed rows: k-means") {
  std::vector<float> number;
  random_stream random(1, 3);
  for (int k = 0; k != 900 * 4; ++k) number.push_back(static_cast<float>(normal(random) + k % 5));
  matrix_view<float> const rows(unchecked, number.data(), 900, 4, 4);
  check_resumed("kmeans", kmeans<>{.clusters = 9}, rows);
  check_resumed("kmeans that ends by its epochs, three runs",
                kmeans<>{.clusters = 20, .epochs = 5, .runs = 3, .rehearse = {.rows = 0}}, rows);
  check_resumed(
      "kmeans with bounds of all centers",
      kmeans<>{.clusters = 30, .tolerance = 0, .runs = 2, .rehearse = {.rows = 0}, .update = update_rule::elkan}, rows);
  std::vector<float> far(6 * 4, 100);  // all centers but one begin without rows, and take the farthest
  far[0] = far[1] = far[2] = far[3] = 0;
  kmeans<given_centers<float>> const empty{.clusters = 6,
                                           .initial = {matrix_view<float>(unchecked, far.data(), 6, 4, 4)}};
  check_resumed("kmeans of clusters that were empty", empty, rows);
  support::check_thrown_out("kmeans of two runs", kmeans<>{.clusters = 9, .epochs = 4, .runs = 2}, rows);
  check_resumed("spherical_kmeans", spherical_kmeans<>{.clusters = 9}, rows);
  check_resumed("gaussian_mixture", gaussian_mixture{.clusters = 4, .epochs = 9}, rows);
  mini_batch_kmeans const batches{.clusters = 9, .batch = 50, .batches = 6};
  check_resumed("mini_batch_kmeans", batches, rows);

  sequential ex;
  matrix_view<float> const wider(unchecked, number.data(), 450, 8, 8);
  auto const go_on = [](auto const&) { return flow::proceed; };
  auto by_batches = batches.begin(rows, ex);
  CHECK(support::error_of([&] { batches.advance(by_batches, wider, 1, ex, go_on); }).kind() == error_kind::shape);
  CHECK(support::error_of([&] { (void)batches.finish(by_batches, wider, ex); }).kind() == error_kind::shape);
  kmeans<> const whole{.clusters = 9};
  auto by_epochs = whole.begin(rows);
  whole.advance(by_epochs, rows, 1, ex, go_on);
  CHECK(support::error_of([&] { whole.advance(by_epochs, wider, 1, ex, go_on); }).kind() == error_kind::shape);
  CHECK(support::error_of([&] { (void)whole.finish(by_epochs, wider, ex); }).kind() == error_kind::shape);
  // What went on for longer than a recipe lets it ends.
  kmeans<> const longer{.clusters = 30, .tolerance = 0, .rehearse = {.rows = 0}};
  auto shorter = longer;
  shorter.epochs = 2;
  auto late = longer.begin(rows);
  longer.advance(late, rows, 3, ex, go_on);
  REQUIRE(!late.report.converged);
  shorter.advance(late, rows, 100, ex, go_on);
  CHECK(late.report.epochs == 4);
  CHECK(late.report.converged);
}

TEST_CASE("resumed rows: linear models") {
  auto const table = examples_of(200, 20);
  auto const rows = table.view();
  check_resumed("lbfgs", logistic_regression<lbfgs>{}, rows);
  check_resumed("lbfgs to the last digit",
                logistic_regression<lbfgs>{.solver = {.tolerance = 0, .iterations = 40, .memory = 3}}, rows);
  check_resumed("owlqn", logistic_regression<owlqn>{.l1 = 1}, rows);
  check_resumed("owlqn to the last digit",
                logistic_regression<owlqn>{.l1 = 1, .solver = {.tolerance = 0, .iterations = 40, .memory = 3}}, rows);
  support::check_thrown_out("owlqn", logistic_regression<owlqn>{.l1 = 1}, rows);
  check_resumed("saga", logistic_regression<saga>{.l1 = 1}, rows);
  check_resumed("dual_descent",
                generalized_linear<hinge_loss, dual_descent>{.intercept = false, .solver = {.epochs = 30}}, rows);
  check_resumed("softmax_regression", softmax_regression{}, rows);
  check_resumed("softmax_regression with l1", softmax_regression{.l1 = 0.5}, rows);
  check_resumed("adversarial_regression", adversarial_regression{.solver = {.iterations = 20}}, rows);
  static_assert(!resumable<logistic_regression<newton>, examples<csr_view<float>>>);
}
#endif
