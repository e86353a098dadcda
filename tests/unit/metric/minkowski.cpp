// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/minkowski.hpp>

#include "rows.hpp"

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::dense_row;
using kindred::minkowski;

TEST_CASE_TEMPLATE("minkowski: the cube root of 3^3 + 4^3 + 5^3 is 6", T, float, double) {
  std::vector<T> const a = {1, 2, 3, 9};
  std::vector<T> const b = {4, 6, 8, 9};
  CHECK(static_cast<double>(minkowski{}(dense_row<T>(a), dense_row<T>(b))) ==
        doctest::Approx(6).epsilon(close_enough<T>));
  CHECK(minkowski{}(dense_row<T>(a), dense_row<T>(a)) == 0);
  CHECK(minkowski{}(dense_row<T>(), dense_row<T>()) == 0);
}

TEST_CASE_TEMPLATE("minkowski: agrees with long double and with SciPy 1.10", T, float, double) {
  for (double const p : {1.0, 1.5, 2.0, 3.0, 7.25})
    check_twin<T>(minkowski{.p = p}, [p](auto const& a, auto const& b) {
      long double sum = 0;
      for (std::size_t k = 0; k != a.size(); ++k) sum += std::pow(std::abs(a[k] - b[k]), static_cast<long double>(p));
      return std::pow(sum, 1 / static_cast<long double>(p));
    });
  golden_rows<T> const rows;
  CHECK(rows.of(minkowski{.p = 3}) == doctest::Approx(2.6895265947076763).epsilon(close_enough<T>));
  CHECK(rows.of(minkowski{.p = 1.5}) == doctest::Approx(7.317840502350693).epsilon(close_enough<T>));
  CHECK(rows.of_signed(minkowski{.p = 3}) == doctest::Approx(2.003594609738602).epsilon(close_enough<T>));
  CHECK(rows.of_signed(minkowski{.p = 1.5}) == doctest::Approx(5.299437505349357).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("minkowski: keeps its promises", T, float, double) {
  for (double const p : {1.0, 1.25, 2.0, 4.0}) check_promises<T>(minkowski{.p = p});
}

TEST_CASE("minkowski: powers below one are refused") {
  CHECK_NOTHROW(minkowski{.p = 1}.check());
  for (double const p :
       {0.5, 0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    auto const e = support::error_of([&] { minkowski{.p = p}.check(); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, "minkowski: p = "));
  }
}
