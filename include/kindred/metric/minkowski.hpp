// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Minkowski distance, (sum |a - b|^p)^(1/p), between manhattan (p = 1) and chebyshev (p without bound). A metric for p >= 1:
// below, the triangle inequality fails (Minkowski, 1896), and check() refuses it.
//
// A power a column costs some ten times what manhattan and euclidean do, which are its p = 1 and p = 2. Infinite when powers
// overflow.
struct minkowski {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  static constexpr bool monotone = true;

  double p = 3;

  template <class V>
  [[nodiscard]] V step(V sum, V a, V b) const noexcept {
    V const gap = math::abs(V(a - b));
    V const one(math::scalar_t<V>{1});
    V const zero(math::scalar_t<V>{0});
    // A power of zero is zero, whatever the logarithm inside makes of it.
    V const power = math::pow(math::select(gap > zero, gap, one), V(static_cast<math::scalar_t<V>>(p)));
    return sum + math::select(gap > zero, power, zero);
  }
  template <real T>
  [[nodiscard]] T finish(T sum) const noexcept {
    return math::pow(sum, static_cast<T>(1 / p));
  }

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return distance_of(*this, a, b);
  }

  void check() const {
    if (!is_finite(p) || p < 1)
      raise(error(error_kind::setting) << "minkowski: p = " << p << "; it has to be a finite number, one or more");
  }
};

KINDRED_END
