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

namespace detail {

// Row r, or an empty one where there are not so many: what is known of somebody new.
template <class Rows>
[[nodiscard]] auto row_or_none(Rows const& rows, index_t r) noexcept -> decltype(rows.row(r)) {
  if (r < rows.rows()) return rows.row(r);
  return {};
}

}  // namespace detail

// The position of the first of the ascending numbers `index` that is not below `column`, or index.size(). O(log n), without
// a branch that depends on the numbers: they are as good as random, and to guess wrong costs more than to step.
[[nodiscard]] inline std::size_t first_not_below(std::span<index_t const> index, index_t column) noexcept {
  if (index.empty()) return 0;
  index_t const* at = index.data();
  for (std::size_t count = index.size(); count != 1;) {
    std::size_t const half = count / 2;
    at += at[half - 1] < column ? half : 0;
    count -= half;
  }
  return static_cast<std::size_t>(at - index.data()) + (*at < column ? 1 : 0);
}

// The position of `column` in the ascending numbers `index`, or index.size() when it is not among them. O(log n).
[[nodiscard]] inline std::size_t position_of(std::span<index_t const> index, index_t column) noexcept {
  std::size_t const first = first_not_below(index, column);
  return first != index.size() && index[first] == column ? first : index.size();
}

KINDRED_END
