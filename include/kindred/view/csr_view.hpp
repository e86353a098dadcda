// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

// A sparse matrix in compressed rows, not owned: row r holds the entries offset[r] to offset[r + 1].
//
// 8 bytes an entry for float. Only validated owners (ratings, a trained model) hand one out; that is what the tag
// records, and why nothing downstream checks again.
template <real T>
class KINDRED_DETAIL_OUTLIVED csr_view {
public:
  using value_type = T;

  csr_view() noexcept = default;
  // offset: rows + 1 ascending positions from 0; index: ascending within a row and below `columns`.
  csr_view(unchecked_t, std::span<offset_t const> offset, std::span<index_t const> index, std::span<T const> value,
           index_t columns) noexcept
      : offset_(offset), index_(index), value_(value), columns_(columns) {}

  [[nodiscard]] index_t rows() const noexcept { return offset_.empty() ? 0 : static_cast<index_t>(offset_.size() - 1); }
  [[nodiscard]] index_t columns() const noexcept { return columns_; }
  [[nodiscard]] std::size_t size() const noexcept { return index_.size(); }

  [[nodiscard]] sparse_row<T> row(index_t r) const noexcept {
    KINDRED_ASSERT(r < rows());
    auto const first = static_cast<std::size_t>(offset_[r]);
    auto const count = static_cast<std::size_t>(offset_[r + 1]) - first;
    return {index_.subspan(first, count), value_.subspan(first, count)};
  }

  [[nodiscard]] std::span<offset_t const> offset() const noexcept { return offset_; }
  [[nodiscard]] std::span<index_t const> index() const noexcept { return index_; }
  [[nodiscard]] std::span<T const> value() const noexcept { return value_; }

private:
  std::span<offset_t const> offset_;
  std::span<index_t const> index_;
  std::span<T const> value_;
  index_t columns_ = 0;
};

KINDRED_END
