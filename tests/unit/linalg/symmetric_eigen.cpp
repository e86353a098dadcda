// SPDX-License-Identifier: BSL-1.0
#include <kindred/linalg/symmetric_eigen.hpp>
#include <kindred/run/random.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::index_t;
using kindred::unchecked;

TEST_CASE_TEMPLATE("symmetric_eigen: two by two, by hand", T, float, double) {
  // (2 - x)(2 - x) - 1 = 0: x = 1 with (1, -1) / sqrt 2, and x = 3 with (1, 1) / sqrt 2. What is above the diagonal is not read.
  std::vector<T> const a{2, 77, 1, 2};
  auto const found = kindred::symmetric_eigen<T>({unchecked, a.data(), 2, 2, 2});
  double const half = std::sqrt(0.5);
  CHECK(found.value[0] == doctest::Approx(1));
  CHECK(found.value[1] == doctest::Approx(3));
  CHECK(std::abs(found.vectors().row(0)[0]) == doctest::Approx(half));
  CHECK(found.vectors().row(0)[0] == doctest::Approx(static_cast<double>(-found.vectors().row(0)[1])));
  CHECK(found.vectors().row(1)[0] == doctest::Approx(half));
  CHECK(found.vectors().row(1)[1] == doctest::Approx(half));
}

TEST_CASE_TEMPLATE("symmetric_eigen: the parts make the matrix", T, float, double) {
  constexpr std::size_t n = 37;
  constexpr std::size_t stride = 40;
  std::vector<T> a(n * stride, std::numeric_limits<T>::quiet_NaN());
  kindred::random_stream random(3, 0);
  for (std::size_t r = 0; r != n; ++r)
    for (std::size_t c = 0; c <= r; ++c)
      a[r * stride + c] = a[c * stride + r] = static_cast<T>(kindred::normal(random));
  auto const found = kindred::symmetric_eigen<T>({unchecked, a.data(), n, n, stride});
  double const close = 200 * static_cast<double>(std::numeric_limits<T>::epsilon());
  double worst = 0;
  double apart = 0;
  for (index_t r = 0; r != n; ++r)
    for (index_t c = 0; c != n; ++c) {
      long double sum = 0;
      long double product = 0;
      for (index_t k = 0; k != n; ++k) {
        sum += static_cast<long double>(found.value[k]) * found.vectors().row(k)[r] * found.vectors().row(k)[c];
        product += static_cast<long double>(found.vectors().row(r)[k]) * found.vectors().row(c)[k];
      }
      worst = std::fmax(worst, std::abs(static_cast<double>(sum - a[r * stride + c])));
      apart = std::fmax(apart, std::abs(static_cast<double>(product - (r == c ? 1 : 0))));
    }
  CHECK(worst < close);
  CHECK(apart < close);
  for (index_t k = 1; k != n; ++k) CHECK(found.value[k - 1] <= found.value[k]);
}

TEST_CASE("symmetric_eigen: what it refuses") {
  std::vector<double> a{1, 0, std::numeric_limits<double>::infinity(), 1};
  CHECK(support::error_of([&] { (void)kindred::symmetric_eigen<double>({unchecked, a.data(), 1, 2, 2}); }).kind() ==
        kindred::error_kind::shape);
  CHECK(support::error_of([&] { (void)kindred::symmetric_eigen<double>({unchecked, a.data(), 2, 2, 2}); }).kind() ==
        kindred::error_kind::numeric);
  CHECK(kindred::symmetric_eigen<double>({unchecked, a.data(), 0, 0, 0}).value.size() == 0);
}
