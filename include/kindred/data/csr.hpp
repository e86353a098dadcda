// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <span>
#include <vector>

KINDRED_BEGIN

// The owner of a sparse matrix in compressed rows, for models that keep one. A copy of a valid view is valid; only the
// values can be written.
template <real T>
class csr {
public:
  using value_type = T;

  csr() = default;
  explicit csr(csr_view<T> from)
      : offset_(from.offset().begin(), from.offset().end()),
        index_(from.index().begin(), from.index().end()),
        value_(from.value().begin(), from.value().end()),
        columns_(from.columns()) {}

  [[nodiscard]] csr_view<T> view() const noexcept { return {unchecked, offset_, index_, value_, columns_}; }
  [[nodiscard]] sparse_row<T> row(index_t r) const noexcept { return view().row(r); }
  [[nodiscard]] index_t rows() const noexcept { return view().rows(); }
  [[nodiscard]] index_t columns() const noexcept { return columns_; }

  // The values of a row, to be written.
  [[nodiscard]] std::span<T> values(index_t r) noexcept {
    return std::span<T>(value_).subspan(static_cast<std::size_t>(offset_[r]), row(r).size());
  }

  friend bool operator==(csr const&, csr const&) = default;

private:
  std::vector<offset_t> offset_;
  std::vector<index_t> index_;
  std::vector<T> value_;
  index_t columns_ = 0;
};

KINDRED_END
