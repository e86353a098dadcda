// SPDX-License-Identifier: BSL-1.0
//
// The kernels of all instruction sets give the same bits, which are those of a plain loop that adds in the documented order.
#include "../support/bits.hpp"
#include "../unit/kernel/fenced_row.hpp"
#include "tables.hpp"

#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/panels.hpp>
#include <kindred/view/matrix_view.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace {

namespace kernel = kindred::kernel;
using kindred::index_t;
using support::fenced_row;

// Element k joins lane k % lanes, then lane k + half joins lane k.
template <class T>
T in_order(fenced_row<T>& a, fenced_row<T>& b, std::size_t n, auto const& term, auto const& join) {
  constexpr std::size_t lanes = kernel::lanes<T>;
  std::array<T, lanes> lane{};
  for (std::size_t k = 0; k != n; ++k) lane[k % lanes] = join(lane[k % lanes], term(a[k], b[k]));
  for (std::size_t half = lanes / 2; half != 0; half /= 2)
    for (std::size_t k = 0; k != half; ++k) lane[k] = join(lane[k], lane[k + half]);
  return lane[0];
}

std::vector<std::size_t> lengths() {
  std::vector<std::size_t> all;
  for (std::size_t n = 0; n != 140; ++n) all.push_back(n);
  for (std::size_t const n : {200u, 999u, 1024u}) all.push_back(n);
  return all;
}

}  // namespace

TEST_CASE_TEMPLATE("dispatch: all kernels of a pair give the same bits", T, float, double) {
  auto const product = [](T x, T y) { return x * y; };
  auto const square = [](T x, T y) { return (x - y) * (x - y); };
  auto const size = [](T x, T y) { return std::abs(x - y); };
  auto const plus = [](T x, T y) { return x + y; };
  auto const larger = [](T x, T y) { return std::max(x, y); };
  for (std::size_t const n : lengths()) {
    fenced_row<T> a(n, 1, 1);
    fenced_row<T> b(n, 2, 2);
    for (std::size_t k = 0; k < n; k += 3) a[k] = std::ldexp(a[k], static_cast<int>(k % 40) - 20);
    for (auto const& table : support::tables<T>()) {
      CAPTURE(table.name);
      CAPTURE(n);
      CHECK(table.kernels->dot(a.data(), b.data(), n) == in_order(a, b, n, product, plus));
      CHECK(table.kernels->squared_l2(a.data(), b.data(), n) == in_order(a, b, n, square, plus));
      CHECK(table.kernels->l1(a.data(), b.data(), n) == in_order(a, b, n, size, plus));
      CHECK(table.kernels->linf(a.data(), b.data(), n) == in_order(a, b, n, size, larger));
      T sum[3];
      table.kernels->products(a.data(), b.data(), n, sum);
      CHECK(sum[0] == in_order(a, b, n, product, plus));
      CHECK(sum[1] == in_order(a, a, n, product, plus));
      CHECK(sum[2] == in_order(b, b, n, product, plus));

      fenced_row<T> moved = b;
      fenced_row<T> expected = b;
      table.kernels->axpy(T(0.3), a.data(), moved.data(), n);
      for (std::size_t k = 0; k != n; ++k) expected[k] = T(0.3) * a[k] + b[k];
      CHECK(support::same_bits(moved.all(), expected.all()));
    }
  }
}

TEST_CASE_TEMPLATE("dispatch: all kernels of a panel give the same bits", T, float, double) {
  constexpr std::size_t width = kernel::lanes<T>;
  for (std::size_t const columns : {0u, 1u, 7u, 100u}) {
    fenced_row<T> numbers(width * columns, 0, 3);
    kernel::panels<T> const stored(
        kindred::matrix_view<T>(kindred::unchecked, numbers.data(), width, static_cast<index_t>(columns), columns));
    std::vector<fenced_row<T>> rows;
    std::vector<T const*> queries;
    for (std::size_t q = 0; q != 9; ++q) rows.emplace_back(columns, q, 4 + q);
    for (auto& row : rows) queries.push_back(row.data());
    auto const check = [&](auto member, auto const& step) {
      for (std::size_t const count : {1u, 3u, 8u, 9u}) {
        std::vector<T> expected;
        for (std::size_t q = 0; q != count; ++q)
          for (std::size_t r = 0; r != width; ++r) {
            T sum = 0;
            for (std::size_t k = 0; k != columns; ++k) sum = step(sum, queries[q][k], numbers[r * columns + k]);
            expected.push_back(sum);
          }
        for (auto const& table : support::tables<T>()) {
          std::vector<T> found(expected.size());
          (table.kernels->*member)(queries.data(), count, stored.panel(0), columns, found.data());
          CAPTURE(table.name);
          CHECK(support::same_bits(found, expected));
        }
      }
    };
    using kernels = kindred::simd::table<T>;
    check(&kernels::panel_dot, [](T sum, T a, T b) { return sum + a * b; });
    check(&kernels::panel_squared_l2, [](T sum, T a, T b) { return sum + (a - b) * (a - b); });
    check(&kernels::panel_l1, [](T sum, T a, T b) { return sum + std::abs(a - b); });
    check(&kernels::panel_linf, [](T most, T a, T b) { return std::max(most, std::abs(a - b)); });
  }
}

TEST_CASE_TEMPLATE("dispatch: all kernels say alike whether all rows of a panel are below", T, float, double) {
  constexpr std::size_t width = kernel::lanes<T>;
  for (std::uint64_t seed = 0; seed != 50; ++seed) {
    fenced_row<T> x(width, 1, 3 * seed);
    fenced_row<T> u(width, 2, 3 * seed + 1);
    fenced_row<T> v(width, 3, 3 * seed + 2);
    T least = -std::numeric_limits<T>::infinity();  // of the constants with which all are below
    for (std::size_t r = 0; r != width; ++r) least = std::max(least, x[r] - (T{2} * u[r] + T{3} * v[r]));
    for (auto const& table : support::tables<T>()) {
      CHECK(table.kernels->all_below(x.data(), least + T(0.01), 2, u.data(), 3, v.data()));
      CHECK(!table.kernels->all_below(x.data(), least - T(0.01), 2, u.data(), 3, v.data()));
    }
  }
}
