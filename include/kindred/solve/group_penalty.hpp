// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/solve/l1.hpp>
#include <kindred/solve/row_regularizer.hpp>

#include <cmath>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// The length of a row, and half its square, each times a strength: penalty  strength |row| + l2 |row|^2 / 2. Vectors become zero as a
// whole, so that a user or an item of whom too little is known is told by biases alone, and has no vector to store or search
// (group lasso: Yuan and Lin, "Model selection and estimation in regression with grouped variables", 2006; its proximal step
// shortens the row by rate x strength).
//
// A number that stands alone is a row of one: l1 and l2 of it. Lengths are taken in double: no overflow for floats.
struct group_penalty {
  double strength = 0.02;
  double l2 = 0;

  template <real T>
  [[nodiscard]] constexpr T penalty(T weight) const noexcept {
    return elastic_net{strength, l2}.penalty(weight);
  }
  template <class V, real T>
  [[nodiscard]] V shrink(V weight, T rate) const noexcept {
    return elastic_net{strength, l2}.shrink(weight, rate);
  }
  template <real T>
  [[nodiscard]] T penalty_row(std::span<T const> row) const noexcept {
    double const size = length(row);
    return static_cast<T>(strength * size + l2 * size * size / 2);
  }
  template <real T>
  void shrink_row(std::span<T> row, T rate) const noexcept {
    double const size = length(std::span<T const>(row));
    double const step = static_cast<double>(rate);
    T const kept = size > step * strength ? static_cast<T>((1 - step * strength / size) / (1 + step * l2)) : T{0};
    for (T& x : row) x *= kept;
  }
  void check() const {
    check_not_negative("group_penalty: strength", strength);
    check_not_negative("group_penalty: l2", l2);
  }

private:
  // In four sums side by side, in an order that is fixed.
  template <real T>
  [[nodiscard]] static double length(std::span<T const> row) noexcept {
    double sum[4] = {};
    for (std::size_t k = 0; k != row.size(); ++k)
      sum[k % 4] += static_cast<double>(row[k]) * static_cast<double>(row[k]);
    return std::sqrt((sum[0] + sum[2]) + (sum[1] + sum[3]));
  }
};

KINDRED_END
