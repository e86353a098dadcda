// SPDX-License-Identifier: BSL-1.0
#include <kindred/linalg/cholesky_factor.hpp>

#include <kindred/core/buffer.hpp>
#include <kindred/linalg/gram.hpp>
#include <kindred/run/random.hpp>

#include "../../support/executors.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::buffer;
using kindred::cholesky_factor;
using kindred::padded_size;

namespace {

// A matrix with padding, from its upper triangle written out.
template <class T>
buffer<T> upper(std::size_t size, std::vector<T> const& numbers) {
  std::size_t const stride = padded_size<T>(size);
  buffer<T> a(stride * stride, T{0});
  std::size_t k = 0;
  for (std::size_t r = 0; r != size; ++r)
    for (std::size_t c = r; c != size; ++c) a[r * stride + c] = numbers[k++];
  return a;
}

}  // namespace

TEST_CASE_TEMPLATE("cholesky: three by three, by hand", T, float, double) {
  // [4 2 6; 2 10 6; 6 6 14] = U' U with U = [2 1 3; 0 3 1; 0 0 2], and U' U (1, 2, -1) = (2, 16, 4).
  auto a = upper<T>(3, {4, 2, 6, 10, 6, 14});
  REQUIRE(cholesky_factor(a.span(), 3));
  std::size_t const stride = padded_size<T>(3);
  std::vector<T> const u{a[0], a[1], a[2], a[stride + 1], a[stride + 2], a[2 * stride + 2]};
  CHECK(u == std::vector<T>{2, 1, 3, 3, 1, 2});
  buffer<T> b(stride, T{0});
  b[0] = 2, b[1] = 16, b[2] = 4;
  kindred::cholesky_solve<T>(a.span(), 3, b.span());
  CHECK(b[0] == doctest::Approx(1));
  CHECK(b[1] == doctest::Approx(2));
  CHECK(b[2] == doctest::Approx(-1));
}

TEST_CASE_TEMPLATE("cholesky: what is not positive definite", T, float, double) {
  T const nan = std::numeric_limits<T>::quiet_NaN();
  T const infinity = std::numeric_limits<T>::infinity();
  for (auto const& numbers : {std::vector<T>{1, 2, 1},
                              {0, 0, 0},
                              {-1, 0, 1},
                              {1, 1, 1},
                              {nan, 0, 1},
                              {1, nan, 1},
                              {1, 0, infinity},
                              {infinity, 0, 1}}) {
    auto a = upper<T>(2, numbers);
    CHECK(!cholesky_factor(a.span(), 2));
  }
  buffer<T> nothing;
  CHECK(cholesky_factor(nothing.span(), 0));
}

TEST_CASE_TEMPLATE("cholesky: many sizes, against the product", T, float, double) {
  double const close = 3000 * static_cast<double>(std::numeric_limits<T>::epsilon());
  for (std::size_t const size : {1u, 5u, 8u, 16u, 17u, 33u, 64u, 75u}) {
    std::size_t const stride = padded_size<T>(size);
    std::size_t const rows = size + 20;
    kindred::random_stream random(size, 1);
    buffer<T> v(rows * stride, T{0});
    for (std::size_t r = 0; r != rows; ++r)
      for (std::size_t c = 0; c != size; ++c) v[r * stride + c] = static_cast<T>(kindred::normal(random));
    kindred::sequential one;
    auto const index = [](std::size_t n) { return static_cast<kindred::index_t>(n); };
    kindred::matrix_view<T> const view(kindred::unchecked, v.data(), index(rows), index(size), stride);
    auto a = kindred::gram(one, view, T{1});
    auto const whole = a;
    buffer<T> x(stride, T{0});
    for (std::size_t k = 0; k != size; ++k) x[k] = static_cast<T>(kindred::normal(random));
    buffer<T> b(stride, T{0});
    for (std::size_t r = 0; r != size; ++r)
      for (std::size_t c = 0; c != size; ++c) b[r] += whole[r * stride + c] * x[c];
    REQUIRE(cholesky_factor(a.span(), size));
    kindred::cholesky_solve<T>(a.span(), size, b.span());
    double worst = 0;
    for (std::size_t k = 0; k != stride; ++k) worst = std::fmax(worst, std::abs(static_cast<double>(b[k] - x[k])));
    CHECK(worst < close);
  }
}

TEST_CASE_TEMPLATE("gram: the products of columns, the same bits on any number of threads", T, float, double) {
  constexpr std::size_t columns = 9;
  std::size_t const stride = padded_size<T>(columns);
  for (kindred::index_t const rows : {0u, 1u, 300u, 1000u}) {
    buffer<T> v(rows * stride + 1, T{0});
    kindred::random_stream random(5, rows);
    for (std::size_t r = 0; r != rows; ++r)
      for (std::size_t c = 0; c != columns; ++c) v[r * stride + c] = static_cast<T>(kindred::normal(random));
    kindred::matrix_view<T> const view(kindred::unchecked, v.data(), rows, columns, stride);
    kindred::sequential one;
    auto const found = kindred::gram(one, view, T{0.5});
    CHECK(found.size() == stride * stride);
    double worst = 0;
    for (std::size_t a = 0; a != stride; ++a)
      for (std::size_t b = 0; b != stride; ++b) {
        long double sum = 0;
        for (std::size_t r = 0; r != rows; ++r) sum += static_cast<long double>(v[r * stride + a]) * v[r * stride + b];
        worst = std::fmax(worst, std::abs(static_cast<double>(found[a * stride + b] - sum / 2)));
      }
    CHECK(worst < 500 * static_cast<double>(std::numeric_limits<T>::epsilon()) * (1 + rows / 100.0));
    support::reversed other;
    CHECK(kindred::gram(other, view, T{0.5}) == found);
  }
}
