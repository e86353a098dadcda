// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// Canberra distance, sum |a - b| / (|a| + |b|) (Lance and Williams, 1967): every column counts by how much it differs for its
// size, so that 1 and 2 are as far apart as 1000 and 2000. Columns in which both are zero count nothing. A metric.
struct canberra {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  static constexpr bool monotone = true;

  template <class V>
  [[nodiscard]] V step(V sum, V a, V b) const noexcept {
    V const size = math::abs(a) + math::abs(b);
    V const one(math::scalar_t<V>{1});
    V const zero(math::scalar_t<V>{0});
    return sum + math::abs(V(a - b)) / math::select(size > zero, size, one);
  }
  template <real T>
  [[nodiscard]] T finish(T sum) const noexcept {
    return sum;
  }
  template <real T>
  [[nodiscard]] T sum_at(T distance) const noexcept {
    return distance;
  }

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return distance_of(*this, a, b);
  }
};

KINDRED_END
