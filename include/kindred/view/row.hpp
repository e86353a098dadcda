// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

// A row in which every column has a value.
template <real T>
using dense_row = std::span<T const>;

// A row in which few columns have a value: their numbers, strictly ascending, and the values beside them. Does not own.
template <real T>
struct sparse_row {
  using value_type = T;

  std::span<index_t const> index;
  std::span<T const> value;

  [[nodiscard]] std::size_t size() const noexcept { return index.size(); }
  [[nodiscard]] bool empty() const noexcept { return index.empty(); }
};

// The position of `column` in the ascending numbers `index`, or index.size() when it is not among them. O(log n).
[[nodiscard]] inline std::size_t position_of(std::span<index_t const> index, index_t column) noexcept {
  std::size_t first = 0;
  std::size_t count = index.size();
  while (count != 0) {
    std::size_t const half = count / 2;
    if (index[first + half] < column) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first != index.size() && index[first] == column ? first : index.size();
}

KINDRED_END
