// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace kernel {

// Rows of a matrix, stored so that many of them are compared with a query at once: in panels of `width` rows, a panel column
// by column. One column of a panel is 128 bytes, one number of each of its rows; registers are loaded from it whole, and a
// lane belongs to one row from the first column to the last.
//
// A copy of the matrix, padded with rows of zeros to whole panels; building it reads every number once. Whoever compares the
// queries with one panel after another (see panel.hpp) has 16 KiB of 128 columns in the nearest cache.
template <real T>
class panels {
public:
  using value_type = T;
  static constexpr std::size_t width = lanes<T>;

  panels() noexcept = default;
  // Row r of panel p is row p width + r of the matrix.
  explicit panels(matrix_view<T> matrix) : panels(matrix.rows(), matrix.columns()) {
    for (index_t r = 0; r != rows_; ++r) set(r, matrix.row(r));
  }
  // Row r of panel p is row order[p width + r] of the matrix: rows that are looked at together lie together.
  panels(matrix_view<T> matrix, std::span<index_t const> order)
      : panels(static_cast<index_t>(order.size()), matrix.columns()) {
    for (index_t r = 0; r != rows_; ++r) set(r, matrix.row(order[r]));
  }

  [[nodiscard]] index_t rows() const noexcept { return rows_; }
  [[nodiscard]] index_t columns() const noexcept { return columns_; }
  [[nodiscard]] std::size_t count() const noexcept { return (rows_ + width - 1) / width; }

  // columns x width numbers: number k of row r is at [k * width + r].
  [[nodiscard]] T const* panel(std::size_t p) const noexcept {
    KINDRED_ASSERT(p < count());
    return numbers_.data() + p * columns_ * width;
  }

private:
  // Of a matrix without columns, panels begin at some place, too: one may add to where they begin.
  panels(index_t rows, index_t columns)
      : rows_(rows), columns_(columns), numbers_((count() * columns + 1) * width, T{0}) {}

  void set(index_t r, dense_row<T> row) noexcept {
    T* const first = numbers_.data() + r / width * columns_ * width + r % width;
    for (std::size_t k = 0; k != row.size(); ++k) first[k * width] = row[k];
  }

  index_t rows_ = 0;
  index_t columns_ = 0;
  buffer<T> numbers_;
};

}  // namespace kernel

KINDRED_END
