// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <utility>

KINDRED_BEGIN

// Any elementwise distance in which columns count differently: what a column adds is multiplied by its weight. A weight of 4
// doubles a column under euclidean, and counts it four times under manhattan; 0 leaves it out. What the distance promises
// stays true.
//
//   column_weighted<euclidean, float> const near(weights);
//
// Owns the weights. O(columns).
template <class M, real T>
  requires elementwise<M, T>
class column_weighted {
public:
  static constexpr comparison_traits traits = traits_of<M>;

  // Throws error{data} naming a weight that is negative or not finite.
  explicit column_weighted(dense_row<T> weights, M from = {}) : from_(std::move(from)), weights_(weights.size()) {
    check_settings(from_);
    for (std::size_t k = 0; k != weights.size(); ++k) {
      if (!is_finite(weights[k]) || weights[k] < 0)
        raise(error(error_kind::data).at(0, k) << "column_weighted: weight " << weights[k] << " of column " << k
                                               << "; a weight is a finite number, zero or more");
      weights_[k] = weights[k];
    }
  }

  [[nodiscard]] dense_row<T> weights() const noexcept { return weights_.span(); }

  // A loop over lanes that the compiler can put into registers: kernels know rows in pairs, and here are three.
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    constexpr std::size_t lanes = kernel::lanes<T>;
    std::size_t const n = weights_.size();
    KINDRED_ASSERT(a.size() == n && b.size() == n);
    elementwise_sum<M, T> lane[lanes] = {};
    std::size_t k = 0;
    for (; k + lanes <= n; k += lanes)
      for (std::size_t r = 0; r != lanes; ++r) lane[r] = joined(lane[r], column(k + r, a[k + r], b[k + r]));
    for (std::size_t r = 0; k != n; ++k, ++r) lane[r] = joined(lane[r], column(k, a[k], b[k]));
    for (std::size_t half = lanes / 2; half != 0; half /= 2)
      for (std::size_t r = 0; r != half; ++r) lane[r] = joined(lane[r], lane[r + half]);
    return from_.finish(lane[0]);
  }

private:
  using sum = elementwise_sum<M, T>;

  [[nodiscard]] sum joined(sum const& x, sum const& y) const noexcept { return detail::registers_join<M>{from_}(x, y); }
  [[nodiscard]] sum column(std::size_t k, T a, T b) const noexcept {
    sum one = from_.step(sum{}, a, b);
    if constexpr (detail::sums_of_step<M> == 1) one *= weights_[k];
    else
      for (T& each : one) each *= weights_[k];
    return one;
  }

  M from_;
  buffer<T> weights_;
};

KINDRED_END
