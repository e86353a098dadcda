// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/linear_model.hpp>

#include <kindred/solve/logistic_loss.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

// 0.5 + 1 * 2 + (-1) * 3 = -0.5; its sigmoid is 1 / (1 + e^0.5).
TEST_CASE_TEMPLATE("linear_model: a margin and what it means", T, float, double) {
  std::vector<double> const w{1, 7, -1, 0.5};
  kindred::linear_model<T, kindred::logistic_loss> const model(w, 3, {});
  std::vector<kindred::index_t> const index{0, 2};
  std::vector<T> const value{2, 3};
  kindred::sparse_row<T> const row{index, value};
  CHECK(model.columns() == 3);
  CHECK(model.margin(row) == T{-0.5});
  CHECK(static_cast<double>(model.predict(row)) == doctest::Approx(1 / (1 + std::exp(0.5))).epsilon(1e-6));
  std::vector<T> const dense{2, 0, 3};
  CHECK(model.margin(kindred::dense_row<T>(dense)) == T{-0.5});
  CHECK(model == model);
}

TEST_CASE_TEMPLATE("linear_model: columns it has not seen are ignored", T, float, double) {
  std::vector<double> const w{1, 2};
  kindred::linear_model<T, kindred::logistic_loss> const model(w, 2, {});
  std::vector<kindred::index_t> const index{1, 2, 4000000000u};
  std::vector<T> const value{3, 100, 100};
  CHECK(model.margin(kindred::sparse_row<T>{index, value}) == 6);
  CHECK(model.margin(kindred::sparse_row<T>{}) == 0);
  std::vector<T> const longer{1, 1, 50};
  std::vector<T> const shorter{1};
  CHECK(model.margin(kindred::dense_row<T>(longer)) == 3);
  CHECK(model.margin(kindred::dense_row<T>(shorter)) == 1);
}
