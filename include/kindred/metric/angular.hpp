// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/fold.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/metric/products.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

KINDRED_BEGIN

// The angle between two rows in radians, in [0, pi]: the order of cosine_distance, and a metric. A right angle, "unrelated",
// when one of the rows is all zeros or its squares overflow; 0 between two rows of zeros.
//
// From the lengths of u - v and u + v, for u and v of length one (Kahan, "How futile are mindless assessments of roundoff",
// 2006, section 12): the arc cosine of a number near 1 loses half of the digits, and with them the triangle inequality.
struct angular {
  static constexpr comparison_traits traits{.direction = sense::smaller_is_closer,
                                            .symmetric = true,
                                            .triangle = true,
                                            .lowest = 0,
                                            .highest = std::numbers::pi};

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    KINDRED_ASSERT(a.size() == b.size());
    T const aa = kernel::dot(a.data(), a.data(), a.size());
    T const bb = kernel::dot(b.data(), b.data(), b.size());
    if (aa == 0 && bb == 0) return 0;
    if (!(aa > 0) || !(bb > 0) || !is_finite(aa) || !is_finite(bb)) return std::numbers::pi_v<T> / 2;
    auto const sums = kernel::fold<2>(gap_and_sum<T>{math::sqrt(aa), math::sqrt(bb)}, a.data(), b.data(), a.size());
    return 2 * std::atan2(math::sqrt(sums[0]), math::sqrt(sums[1]));
  }

  template <real T>
  [[nodiscard]] product_bound<T> product_at_least(T limit, T, T norm) const noexcept {
    return {0, std::cos(limit) * norm, 0};
  }

private:
  template <real T>
  struct gap_and_sum {
    T norm_a;
    T norm_b;

    // Divided and not multiplied by the inverse: a product would be fused with the subtraction for one row and not for the
    // other, and the angle not be symmetric.
    template <class V>
    [[nodiscard]] std::array<V, 2> operator()(std::array<V, 2> const& sum, V a, V b) const noexcept {
      V const u = a / V(norm_a);
      V const v = b / V(norm_b);
      V const gap = u - v;
      V const both = u + v;
      return {math::multiply_add(gap, gap, sum[0]), math::multiply_add(both, both, sum[1])};
    }
  };
};

KINDRED_END
