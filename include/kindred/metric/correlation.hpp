// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/fold.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <array>
#include <cstddef>
#include <limits>

KINDRED_BEGIN

// Correlation distance, 1 - r for Pearson's r over all columns, in [0, 2]: cosine_distance of rows less their means, which
// forgives a row its level and its scale. 1, "unrelated", when either row is constant, or when its squares overflow. Not a
// metric.
//
// Goes through the rows twice, means first: in one pass, rows of large means would keep no digits. To search many rows, take
// the means off once and use cosine_distance.
struct correlation {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .lowest = 0, .highest = 2};

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    KINDRED_ASSERT(a.size() == b.size());
    if (a.empty()) return 1;
    auto const count = static_cast<T>(a.size());
    auto const total = kernel::fold<2>(totals{}, a.data(), b.data(), a.size());
    T const mean_a = total[0] / count;
    T const mean_b = total[1] / count;
    auto const sums = kernel::fold<3>(centered<T>{mean_a, mean_b}, a.data(), b.data(), a.size());
    if (is_constant(sums[1], mean_a, count) || is_constant(sums[2], mean_b, count)) return 1;
    T const norms = math::sqrt(sums[1]) * math::sqrt(sums[2]);
    if (!(norms > 0) || !is_finite(norms)) return 1;
    T const distance = 1 - sums[0] / norms;
    return distance < 0 ? T{0} : distance > 2 ? T{2} : distance;
  }

private:
  struct totals {
    template <class V>
    [[nodiscard]] std::array<V, 2> operator()(std::array<V, 2> const& sum, V a, V b) const noexcept {
      return {sum[0] + a, sum[1] + b};
    }
  };
  template <real T>
  struct centered {
    T mean_a;
    T mean_b;

    template <class V>
    [[nodiscard]] std::array<V, 3> operator()(std::array<V, 3> const& sum, V a, V b) const noexcept {
      V const x = a - V(mean_a);
      V const y = b - V(mean_b);
      return {math::multiply_add(x, y, sum[0]), math::multiply_add(x, x, sum[1]), math::multiply_add(y, y, sum[2])};
    }
  };

  // What is left of squares when each value misses the mean by its rounding is no variance.
  template <real T>
  [[nodiscard]] static bool is_constant(T squares, T mean, T count) noexcept {
    T const rounding = 8 * std::numeric_limits<T>::epsilon() * mean;
    return squares <= count * rounding * rounding;
  }
};

KINDRED_END
