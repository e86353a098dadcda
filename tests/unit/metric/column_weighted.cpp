// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/column_weighted.hpp>

#include "rows.hpp"

#include "../../support/error_of.hpp"

#include <kindred/metric/bray_curtis.hpp>
#include <kindred/metric/canberra.hpp>
#include <kindred/metric/chebyshev.hpp>
#include <kindred/metric/cosine_distance.hpp>
#include <kindred/metric/euclidean.hpp>
#include <kindred/metric/hellinger.hpp>
#include <kindred/metric/jensen_shannon.hpp>
#include <kindred/metric/manhattan.hpp>
#include <kindred/metric/minkowski.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::column_weighted;
using kindred::dense_row;

TEST_CASE_TEMPLATE("column_weighted: a weight of 4 doubles a column, 0 leaves it out", T, float, double) {
  std::vector<T> const weight = {4, 1, 0}, a = {1, 2, 7}, b = {2.5, 6, 100};  // 4 * 1.5^2 + 4^2 = 25
  column_weighted<kindred::euclidean, T> const how{dense_row<T>(weight)};
  auto const copy = how;
  CHECK(copy(dense_row<T>(a), dense_row<T>(b)) == 5);
  CHECK(copy.weights()[0] == 4);
}

TEST_CASE_TEMPLATE("column_weighted: agrees with SciPy 1.10", T, float, double) {
  golden_rows<T> const rows;
  auto const found = [&]<class M>(M) { return rows.of(column_weighted<M, T>(dense_row<T>(rows.weight))); };
  CHECK(found(kindred::euclidean{}) == doctest::Approx(2.9033924123342336).epsilon(close_enough<T>));
  CHECK(found(kindred::manhattan{}) == doctest::Approx(9.71875).epsilon(close_enough<T>));
  CHECK(found(kindred::chebyshev{}) == doctest::Approx(1.375).epsilon(close_enough<T>));
  CHECK(found(kindred::canberra{}) == doctest::Approx(7.918764517012898).epsilon(close_enough<T>));
  CHECK(found(kindred::bray_curtis{}) == doctest::Approx(0.462109955423477).epsilon(close_enough<T>));
  CHECK(found(kindred::cosine_distance{}) == doctest::Approx(0.28184368502522816).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("column_weighted: weights of one change nothing but rounding", T, float, double) {
  for (std::size_t const n : {0u, 1u, 31u, 32u, 33u, 100u}) {
    std::vector<T> const ones(n, T{1});
    auto const a = random_values<T>(n, 1, values::normal);
    auto const b = random_values<T>(n, 2, values::normal);
    auto const plain = static_cast<double>(kindred::euclidean{}(dense_row<T>(a), dense_row<T>(b)));
    CHECK(static_cast<double>(column_weighted<kindred::euclidean, T>(ones)(dense_row<T>(a), dense_row<T>(b))) ==
          doctest::Approx(plain).epsilon(close_enough<T>));
  }
}

TEST_CASE_TEMPLATE("column_weighted: promises what the distance did", T, float, double) {
  std::vector<T> weight;
  for (int k = 0; k != 12; ++k) weight.push_back(static_cast<T>(k % 4) / 2);
  auto const check = [&]<class M>(M) { check_promises<T>(column_weighted<M, T>(dense_row<T>(weight))); };
  check(kindred::euclidean{});
  check(kindred::manhattan{});
  check(kindred::chebyshev{});
  check(kindred::minkowski{});
  check(kindred::canberra{});
  check(kindred::bray_curtis{});
  check(kindred::hellinger{});
  check(kindred::jensen_shannon{});
}

TEST_CASE_TEMPLATE("column_weighted: refuses weights that are none, and settings", T, float, double) {
  for (T const wrong : {T{-1}, std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity()}) {
    std::vector<T> const weight = {1, wrong};
    auto const e =
        support::error_of([&] { static_cast<void>(column_weighted<kindred::manhattan, T>(dense_row<T>(weight))); });
    CHECK(e.kind() == kindred::error_kind::data);
    CHECK(e.column() == 1);
    CHECK(support::says(e, "of column 1"));
  }
  std::vector<T> const ones = {1};
  CHECK(support::says(support::error_of([&] {
                        static_cast<void>(column_weighted<kindred::minkowski, T>(dense_row<T>(ones), {.p = 0.5}));
                      }),
                      "minkowski: p"));
}
