// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

// A dense matrix in rows, not owned: `columns` numbers a row, rows `stride` numbers apart.
//
// The stride may exceed the columns: factor rows are padded to whole cache lines, and the padding is zero.
template <real T>
class matrix_view {
public:
  using value_type = T;

  matrix_view() noexcept = default;
  matrix_view(unchecked_t, T const* data, index_t rows, index_t columns, std::size_t stride) noexcept
      : data_(data), rows_(rows), columns_(columns), stride_(stride) {}

  [[nodiscard]] index_t rows() const noexcept { return rows_; }
  [[nodiscard]] index_t columns() const noexcept { return columns_; }
  [[nodiscard]] std::size_t stride() const noexcept { return stride_; }
  [[nodiscard]] T const* data() const noexcept { return data_; }

  [[nodiscard]] dense_row<T> row(index_t r) const noexcept {
    KINDRED_ASSERT(r < rows_);
    return {data_ + r * stride_, columns_};
  }

private:
  T const* data_ = nullptr;
  index_t rows_ = 0;
  index_t columns_ = 0;
  std::size_t stride_ = 0;
};

KINDRED_END
