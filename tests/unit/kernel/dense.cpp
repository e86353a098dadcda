// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/dense.hpp>

#include "../../support/bits.hpp"
#include "fenced_row.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace {

namespace kernel = kindred::kernel;
using support::fenced_row;
using wide = long double;

// A primitive, and what one element adds to it; one that takes the largest says so.
struct dot {
  template <class T>
  T operator()(T const* a, T const* b, std::size_t n) const {
    return kernel::dot(a, b, n);
  }
  template <class T>
  static T term(T a, T b) {
    return a * b;
  }
  static constexpr bool largest = false;
};
struct squared_l2 {
  template <class T>
  T operator()(T const* a, T const* b, std::size_t n) const {
    return kernel::squared_l2(a, b, n);
  }
  template <class T>
  static T term(T a, T b) {
    return (a - b) * (a - b);
  }
  static constexpr bool largest = false;
};
struct l1 {
  template <class T>
  T operator()(T const* a, T const* b, std::size_t n) const {
    return kernel::l1(a, b, n);
  }
  template <class T>
  static T term(T a, T b) {
    return std::abs(a - b);
  }
  static constexpr bool largest = false;
};
struct linf {
  template <class T>
  T operator()(T const* a, T const* b, std::size_t n) const {
    return kernel::linf(a, b, n);
  }
  template <class T>
  static T term(T a, T b) {
    return std::abs(a - b);
  }
  static constexpr bool largest = true;
};

// f(primitive) for each of them.
void for_each_primitive(auto const& f) {
  f(dot{});
  f(squared_l2{});
  f(l1{});
  f(linf{});
}

}  // namespace

TEST_CASE_TEMPLATE("dense: agrees with long double for every length and start", T, float, double) {
  for_each_primitive([]<class Primitive>(Primitive const& primitive) {
    for (std::size_t n = 0; n != 201; ++n)
      for (std::size_t const offset : {n % 5, 32 - n % 3}) {
        fenced_row<T> a(n, offset, 1);
        fenced_row<T> b(n, offset / 2, 2);
        wide expected = 0;
        wide magnitude = 0;
        for (std::size_t k = 0; k != n; ++k) {
          wide const term = Primitive::term(static_cast<wide>(a[k]), static_cast<wide>(b[k]));
          expected = Primitive::largest ? std::max(expected, term) : expected + term;
          magnitude += std::abs(term);
        }
        // Three roundings for the term, at most 13 in a lane (200 / 16), 5 in the tree.
        wide const allowed = 22 * static_cast<wide>(std::numeric_limits<T>::epsilon()) * magnitude;
        T const found = primitive(a.data(), b.data(), n);
        CAPTURE(n);
        CHECK(std::abs(static_cast<wide>(found) - expected) <= allowed);
        CHECK(primitive(b.data(), a.data(), n) == found);
      }
  });
}

TEST_CASE_TEMPLATE("dense: is exact where every order of adding is", T, float, double) {
  // Small integers k against k + 1 for k < n: the inner product is (n - 1) n (n + 1) / 3, and each pair is 1 apart.
  for (std::size_t const n : {1u, 15u, 16u, 17u, 31u, 32u, 33u, 100u, 127u, 200u}) {
    std::vector<T> a;
    std::vector<T> b;
    for (std::size_t k = 0; k != n; ++k) {
      a.push_back(static_cast<T>(k));
      b.push_back(static_cast<T>(k + 1));
    }
    CHECK(kernel::dot(a.data(), b.data(), n) == static_cast<T>((n - 1) * n * (n + 1) / 3));
    CHECK(kernel::squared_l2(a.data(), b.data(), n) == static_cast<T>(n));
    CHECK(kernel::l1(a.data(), b.data(), n) == static_cast<T>(n));
    CHECK(kernel::linf(a.data(), b.data(), n) == 1);
  }
}

#if !defined(__FAST_MATH__)  // which adds in any order
TEST_CASE_TEMPLATE("dense: zeros behind a row change nothing", T, float, double) {
  for_each_primitive([](auto const& primitive) {
    for (std::size_t n = 0; n != 65; ++n) {
      fenced_row<T> a(n, 0, 3);
      fenced_row<T> b(n, 0, 4);
      T const before = primitive(a.data(), b.data(), n);
      for (std::size_t k = n; k != 64; ++k) a[k] = b[k] = 0;
      CHECK(primitive(a.data(), b.data(), 64) == before);
    }
  });
}
#endif

// With fused multiply-add a compiler may round the two differently, and with fast math add in another order.
#if !defined(__FMA__) && !defined(__ARM_NEON) && !defined(__FAST_MATH__)
TEST_CASE_TEMPLATE("dense: adds along the documented lanes and tree, bit for bit", T, float, double) {
  constexpr std::size_t lanes = kernel::lanes<T>;
  static_assert(lanes * sizeof(T) == 128);
  for_each_primitive([]<class Primitive>(Primitive const& primitive) {
    auto const merge = [](T x, T y) { return Primitive::largest ? std::max(x, y) : x + y; };
    for (std::size_t n = 0; n != 201; ++n) {
      fenced_row<T> a(n, 1, 5);
      fenced_row<T> b(n, 2, 6);
      std::array<T, lanes> lane{};
      for (std::size_t k = 0; k != n; ++k) lane[k % lanes] = merge(lane[k % lanes], Primitive::term(a[k], b[k]));
      for (std::size_t half = lanes / 2; half != 0; half /= 2)
        for (std::size_t k = 0; k != half; ++k) lane[k] = merge(lane[k], lane[k + half]);
      CHECK(primitive(a.data(), b.data(), n) == lane[0]);
    }
  });
}
#endif

#if !defined(__FAST_MATH__)  // which adds in any order
TEST_CASE_TEMPLATE("products_of: three inner products in one pass, each with the bits of dot", T, float, double) {
  for (std::size_t n = 0; n != 201; ++n) {
    fenced_row<T> a(n, 1, 7);
    fenced_row<T> b(n, 3, 8);
    auto const found = kernel::products_of(a.data(), b.data(), n);
    CHECK(found.ab == kernel::dot(a.data(), b.data(), n));
    CHECK(found.aa == kernel::dot(a.data(), a.data(), n));
    CHECK(found.bb == kernel::dot(b.data(), b.data(), n));
  }
}
#endif

#if !defined(__FAST_MATH__)  // which knows no NaN
TEST_CASE_TEMPLATE("axpy: adds a multiple, and touches nothing else", T, float, double) {
  for (std::size_t n = 0; n != 101; ++n)
    for (std::size_t const offset : {0u, 1u, 5u}) {
      fenced_row<T> x(n, offset, 9);
      fenced_row<T> y(n, 2 * offset, 10);
      fenced_row<T> const before = y;
      kernel::axpy(T{3}, x.data(), y.data(), n);
      for (std::size_t k = 0; k != y.all().size(); ++k) {
        if (k >= 2 * offset && k < 2 * offset + n) {
          T const expected = before.all()[k] + 3 * x[k - 2 * offset];
          CHECK(std::abs(y.all()[k] - expected) <= 4 * std::numeric_limits<T>::epsilon() * (1 + std::abs(expected)));
        } else {
          CHECK(std::isnan(y.all()[k]));
        }
      }
    }
}
#endif

TEST_CASE_TEMPLATE("dense: what overflows is infinite, and never NaN where a sum of sizes is asked", T, float, double) {
  T const huge = std::numeric_limits<T>::max();
  std::vector<T> const a(70, huge);
  std::vector<T> const b(70, -huge);
  CHECK(kernel::squared_l2(a.data(), b.data(), 70) == std::numeric_limits<T>::infinity());
  CHECK(kernel::l1(a.data(), b.data(), 70) == std::numeric_limits<T>::infinity());
  CHECK(kernel::linf(a.data(), b.data(), 70) == std::numeric_limits<T>::infinity());
  CHECK(kernel::linf(a.data(), a.data(), 70) == 0);
}

TEST_CASE_TEMPLATE("dense: rows without numbers", T, float, double) {
  for_each_primitive([](auto const& primitive) {
    CHECK(primitive(static_cast<T const*>(nullptr), static_cast<T const*>(nullptr), 0) == 0);
  });
  kernel::axpy<T>(1, nullptr, nullptr, 0);
  CHECK(kernel::products_of<T>(nullptr, nullptr, 0).ab == 0);
}
