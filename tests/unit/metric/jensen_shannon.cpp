// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/jensen_shannon.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

using kindred::dense_row;
using kindred::jensen_shannon;

namespace {

// a ln(2a / (a + b)) + b ln(2b / (a + b)), as it is usually written.
long double divergence(long double a, long double b) {
  auto const part = [&](long double x) { return x > 0 ? x * std::log(2 * x / (a + b)) : 0; };
  return part(a) + part(b);
}

}  // namespace

TEST_CASE_TEMPLATE("jensen_shannon: distributions that exclude each other are sqrt(ln 2) apart", T, float, double) {
  std::vector<T> const a = {0.375, 0.625, 0, 0}, b = {0, 0, 0.25, 0.75};
  CHECK(jensen_shannon{}(dense_row<T>(a), dense_row<T>(a)) == 0);
  CHECK(static_cast<double>(jensen_shannon{}(dense_row<T>(a), dense_row<T>(b))) ==
        doctest::Approx(std::sqrt(std::numbers::ln2)).epsilon(close_enough<T>));
  std::vector<T> const negative = {0.375, 0.625, -3, 0};
  CHECK(jensen_shannon{}(dense_row<T>(a), dense_row<T>(negative)) == 0);
}

TEST_CASE_TEMPLATE("jensen_shannon: agrees with long double and with SciPy 1.10", T, float, double) {
  check_twin<T>(
      jensen_shannon{},
      [](auto const& a, auto const& b) {
        long double sum = 0;
        for (std::size_t k = 0; k != a.size(); ++k) sum += divergence(a[k], b[k]);
        return std::sqrt(sum / 2);
      },
      values::positive);
  CHECK(golden_rows<T>().of(jensen_shannon{}) == doctest::Approx(1.8889950432500882).epsilon(close_enough<T>));
  std::vector<T> const p = {0.5, 0.25, 0.125, 0.125}, q = {0.125, 0, 0.375, 0.5};
  CHECK(static_cast<double>(jensen_shannon{}(dense_row<T>(p), dense_row<T>(q))) ==
        doctest::Approx(0.48970591143448106).epsilon(close_enough<T>));
}

TEST_CASE_TEMPLATE("jensen_shannon: keeps its digits from far to near", T, float, double) {
  std::vector<T> const a = {1};
  for (T gap = T{1}; gap > T{1e-4f}; gap /= 2) {  // both sides of where the series takes over
    std::vector<T> const b = {1 + gap};
    auto const wanted = static_cast<double>(std::sqrt(divergence(1, static_cast<long double>(b[0])) / 2));
    CHECK(static_cast<double>(jensen_shannon{}(dense_row<T>(a), dense_row<T>(b))) ==
          doctest::Approx(wanted).epsilon(close_enough<T> + 1e-19 / static_cast<double>(gap * gap)));
  }
}

TEST_CASE_TEMPLATE("jensen_shannon: keeps its promises", T, float, double) { check_promises<T>(jensen_shannon{}); }
