// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The largest n for which 2^n is not above x > 0, and one more: x < 2^exponent_above(x).
[[nodiscard]] inline int exponent_above(double x) noexcept {
  int exponent = 0;
  static_cast<void>(std::frexp(x, &exponent));
  return exponent;
}

// Sums of rows in fixed point: integers, so that they are exact. Adding a row and taking it away again leaves no trace, and
// the order of the additions does not matter; that is why k-means may move the few rows that changed their cluster, on any
// thread, and have the same centers as if it had added up all rows anew.
//
// Every column has a scale of its own, a power of two, such that `count` numbers of the largest magnitude of the column fit
// into 62 bits: a number is rounded to 2^-42 of the largest when a million are added, which is below what float keeps.
class fixed_scale {
public:
  fixed_scale() = default;
  // largest: by column, the largest magnitude of a number.
  fixed_scale(std::span<double const> largest, std::size_t count) : up_(largest.size()), down_(largest.size()) {
    int const room = 62 - exponent_above(static_cast<double>(count < 2048 ? 2048 : count));
    for (std::size_t j = 0; j != largest.size(); ++j) {
      // Beyond +-1000 the power itself would leave the range of double; such a column is as good as zero.
      int const exponent = largest[j] > 0x1p-900 ? room - exponent_above(largest[j]) : 0;
      up_[j] = std::ldexp(1.0, exponent);
      down_[j] = std::ldexp(1.0, -exponent);
    }
  }

  // x as an integer: the bits of 1.5 2^52 + x differ from those of 1.5 2^52 by x, rounded. As integers, so that no compiler
  // option may reason the addition away.
  [[nodiscard]] std::int64_t fixed(double x, std::size_t column) const noexcept {
    return std::bit_cast<std::int64_t>(x * up_[column] + zero) - std::bit_cast<std::int64_t>(zero);
  }
  [[nodiscard]] double number(std::int64_t sum, std::size_t column) const noexcept {
    return static_cast<double>(sum) * down_[column];
  }

  [[nodiscard]] double const* up() const noexcept { return up_.data(); }

  static constexpr double zero = 0x1.8p52;

private:
  std::vector<double> up_;
  std::vector<double> down_;
};

// Adds weight x row to the sums, or takes it away.
template <real T>
void add_fixed(fixed_scale const& scale, T const* row, std::size_t columns, double weight, std::int64_t* sum) noexcept {
  double const* const up = scale.up();
  for (std::size_t j = 0; j != columns; ++j)
    sum[j] += std::bit_cast<std::int64_t>(weight * static_cast<double>(row[j]) * up[j] + fixed_scale::zero) -
              std::bit_cast<std::int64_t>(fixed_scale::zero);
}
template <real T>
void subtract_fixed(fixed_scale const& scale, T const* row, std::size_t columns, double weight,
                    std::int64_t* sum) noexcept {
  double const* const up = scale.up();
  for (std::size_t j = 0; j != columns; ++j)
    sum[j] -= std::bit_cast<std::int64_t>(weight * static_cast<double>(row[j]) * up[j] + fixed_scale::zero) -
              std::bit_cast<std::int64_t>(fixed_scale::zero);
}

}  // namespace detail

KINDRED_END
