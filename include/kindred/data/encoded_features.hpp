// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// Rows of features for entities that need not be known: what a table says, in the columns of some features.
template <real T>
struct encoded_features {
  std::vector<index_t> entity;  // ascending
  std::vector<offset_t> offset = {0};
  std::vector<index_t> index;
  std::vector<T> value;

  [[nodiscard]] std::size_t size() const noexcept { return entity.size(); }
  [[nodiscard]] sparse_row<T> row(std::size_t k) const noexcept {
    auto const first = static_cast<std::size_t>(offset[k]);
    auto const count = static_cast<std::size_t>(offset[k + 1]) - first;
    return {std::span(index).subspan(first, count), std::span(value).subspan(first, count)};
  }
};

namespace detail {

// The length of a row, inverted; 0 for a row of zeros.
template <real T>
[[nodiscard]] T inverse_length(sparse_row<T> row) noexcept {
  double squares = 0;
  for (T const v : row.value) squares += static_cast<double>(v) * static_cast<double>(v);
  T const inverse = squares > 0 ? static_cast<T>(1 / std::sqrt(squares)) : T{0};
  return is_finite(inverse) ? inverse : T{0};
}

}  // namespace detail

KINDRED_END
