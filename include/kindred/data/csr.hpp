// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
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

  static constexpr stored_format format{"csr", 1};
  static void fields(auto& self, auto& visit) {
    visit("offset", self.offset_);
    visit("index", self.index_);
    visit("value", self.value_);
    visit("columns", self.columns_);
  }
  void restore() const {
    check_stored_offsets(offset_, index_.size(), "csr");
    check_stored(value_.size() == index_.size(), "csr: as many values as columns");
    for (index_t r = 0; r != rows(); ++r)
      for (std::size_t k = 0; k != row(r).size(); ++k)
        check_stored(row(r).index[k] < (k + 1 == row(r).size() ? columns_ : row(r).index[k + 1]),
                     "csr: columns ascend in every row");
    check_stored_numbers(value_, "csr");
  }

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

// The same matrix with rows and columns exchanged. O(size).
template <real T>
[[nodiscard]] csr<T> transposed(csr<T> const& from) {
  std::vector<offset_t> offset(std::size_t{from.columns()} + 1, 0);
  auto const view = from.view();
  for (index_t const c : view.index()) ++offset[c + 1];
  for (index_t c = 0; c != from.columns(); ++c) offset[c + 1] += offset[c];
  std::vector<offset_t> next(offset.begin(), offset.end() - 1);
  std::vector<index_t> index(view.size());
  std::vector<T> value(view.size());
  for (index_t r = 0; r != view.rows(); ++r) {
    auto const row = view.row(r);
    for (std::size_t k = 0; k != row.size(); ++k) {
      auto const at = static_cast<std::size_t>(next[row.index[k]]++);
      index[at] = r;
      value[at] = row.value[k];
    }
  }
  return csr<T>(csr_view<T>(unchecked, offset, index, value, view.rows()));
}

KINDRED_END
