// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/solve/divergence.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

namespace detail {

// What an interaction_model and a field_interaction_model are made of: an intercept, and a weight and some numbers for every column.
template <real T, class Loss>
class machine_columns {
public:
  using value_type = T;
  using loss_type = Loss;

  [[nodiscard]] index_t columns() const noexcept { return static_cast<index_t>(weight_.size()); }
  [[nodiscard]] index_t factors() const noexcept { return factors_; }
  [[nodiscard]] T intercept() const noexcept { return intercept_; }
  [[nodiscard]] std::span<T const> weights() const noexcept { return weight_.span(); }
  [[nodiscard]] Loss const& loss() const noexcept { return loss_; }

  // What a solver writes. vector is the padded row; keep its padding zero.
  struct parameters {
    T& weight;
    std::span<T> vector;
  };
  [[nodiscard]] parameters of(index_t column) noexcept {
    return {weight_[column], {vector_.data() + column * stride_, stride_}};
  }
  void set_intercept(T intercept) noexcept { intercept_ = intercept; }

  // No row of numbers from -1 to 1 has a larger margin, in magnitude; infinite or NaN when a parameter is not a finite number.
  [[nodiscard]] double reach() const noexcept {
    double const count = columns(), furthest = count * largest_magnitude(vector_.span());
    return std::abs(static_cast<double>(intercept_)) + count * largest_magnitude(weights()) +
           factors_ * furthest * furthest;
  }
  // The first column that has the largest number.
  [[nodiscard]] index_t largest_column() const noexcept {
    return largest_of(columns(), [&](index_t j) {
      return (std::max)(largest_magnitude(weights().subspan(j, 1)),
                        largest_magnitude(vector_.span().subspan(j * stride_, stride_)));
    });
  }

protected:
  machine_columns() noexcept = default;
  // All zeros, so many numbers for every column.
  machine_columns(index_t columns, index_t factors, std::size_t numbers, Loss loss)
      : factors_(factors),
        stride_(padded_size<T>(numbers)),
        loss_(std::move(loss)),
        weight_(columns, T{0}),
        vector_(std::size_t{columns} * stride_, T{0}) {}

  [[nodiscard]] bool same_columns(machine_columns const& other) const noexcept {
    return factors_ == other.factors_ && intercept_ == other.intercept_ && weight_ == other.weight_ &&
           vector_ == other.vector_;
  }

  index_t factors_ = 0;
  std::size_t stride_ = 0;
  Loss loss_ = {};
  T intercept_ = 0;
  buffer<T> weight_;
  buffer<T> vector_;
};

}  // namespace detail

KINDRED_END
