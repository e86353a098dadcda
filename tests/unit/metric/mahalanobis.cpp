// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/mahalanobis.hpp>

#include "rows.hpp"

#include "../../support/error_of.hpp"

#include <kindred/metric/euclidean.hpp>
#include <kindred/view/matrix_view.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

using kindred::dense_row;
using kindred::index_t;
using kindred::mahalanobis;

namespace {

template <class T>
kindred::matrix_view<T> square(std::vector<T> const& values, index_t n) {
  return {kindred::unchecked, values.data(), n, n, n};
}

}  // namespace

TEST_CASE_TEMPLATE("mahalanobis: columns in units of their deviation", T, float, double) {
  std::vector<T> const covariance = {4, 0, 0, 9};  // deviations 2 and 3
  mahalanobis const how(square(covariance, 2));
  std::vector<T> const a = {1, 1}, b = {7, 13};  // 6 / 2 = 3, 12 / 3 = 4
  CHECK(static_cast<double>(how(dense_row<T>(a), dense_row<T>(b))) == doctest::Approx(5).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("mahalanobis: agrees with SciPy 1.10, and with euclidean of whitened rows", T, float, double) {
  std::vector<T> const covariance = {2, 0.5, 0.25, 0.5, 1, 0.125, 0.25, 0.125, 0.5};
  mahalanobis const how(square(covariance, 3));
  auto const copy = how;
  std::vector<T> const a = {1, 2, -1}, b = {-0.5, 1.25, 0.75};
  CHECK(how.columns() == 3);
  CHECK(static_cast<double>(copy(dense_row<T>(a), dense_row<T>(b))) ==
        doctest::Approx(3.097765944378924).epsilon(close_enough<T>));
  std::vector<T> white_a(3), white_b(3);
  how.whiten(a, white_a);
  how.whiten(b, white_b);
  CHECK(static_cast<double>(kindred::euclidean{}(dense_row<T>(white_a), dense_row<T>(white_b))) ==
        doctest::Approx(3.097765944378924).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("mahalanobis: keeps its promises", T, float, double) {
  constexpr index_t n = 12;  // as many as law_rows has
  std::vector<T> covariance(std::size_t{n} * n);
  auto const root = random_values<T>(std::size_t{n} * n, 5, values::normal);
  for (std::size_t i = 0; i != n; ++i)  // R R' + 1
    for (std::size_t j = 0; j != n; ++j) {
      covariance[i * n + j] = i == j ? T{1} : T{0};
      for (std::size_t k = 0; k != n; ++k) covariance[i * n + j] += root[i * n + k] * root[j * n + k];
    }
  check_promises<T>(mahalanobis(square(covariance, n)));
}

TEST_CASE_TEMPLATE("mahalanobis: says what is wrong with a covariance", T, float, double) {
  using support::error_of;
  using support::says;
  std::vector<T> values = {1, 2, 2, 4};  // the second column is twice the first
  auto const made = [&] { static_cast<void>(mahalanobis(square(values, 2))); };
  auto e = error_of(made);
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(e.row() == 1);
  CHECK(says(e, "not positive definite: column 1"));
  values[2] = std::numeric_limits<T>::quiet_NaN();
  e = error_of(made);
  CHECK(e.kind() == kindred::error_kind::data);
  CHECK(says(e, "of columns 1 and 0 is not a finite number"));
  e = error_of(
      [&] { static_cast<void>(mahalanobis(kindred::matrix_view<T>(kindred::unchecked, values.data(), 1, 2, 2))); });
  CHECK(e.kind() == kindred::error_kind::shape);
  CHECK(mahalanobis(square(values, 0))(dense_row<T>(), dense_row<T>()) == 0);
}
