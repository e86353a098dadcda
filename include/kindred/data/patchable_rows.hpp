// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// A sparse matrix whose entries can be set and erased one by one: a csr for models that take in new data. A row is two small
// vectors of its own, so that a change costs the length of one row.
template <real T>
class patchable_rows {
public:
  using value_type = T;

  patchable_rows() = default;
  explicit patchable_rows(csr_view<T> from) : row_(from.rows()), columns_(from.columns()) {
    for (index_t r = 0; r != from.rows(); ++r) {
      auto const row = from.row(r);
      row_[r].index.assign(row.index.begin(), row.index.end());
      row_[r].value.assign(row.value.begin(), row.value.end());
    }
  }

  // In a file the rows lie one behind the other, as in a csr.
  static constexpr stored_format format{"patchable_rows", 1};
  static void fields(auto& self, auto& visit) {
    visit.through("rows", [&] { return self.packed(); }, [&](auto const& read) { self.unpack(read); });
  }

  [[nodiscard]] index_t rows() const noexcept { return static_cast<index_t>(row_.size()); }
  [[nodiscard]] index_t columns() const noexcept { return columns_; }
  [[nodiscard]] sparse_row<T> row(index_t r) const noexcept {
    KINDRED_ASSERT(r < rows());
    return {row_[r].index, row_[r].value};
  }
  [[nodiscard]] std::span<T> values(index_t r) noexcept { return row_[r].value; }

  // Makes room for as many rows and columns, empty ones; never less.
  void grow(index_t rows, index_t columns) {
    if (rows > this->rows()) row_.resize(rows);
    if (columns > columns_) columns_ = columns;
  }

  // Sets an entry, and tells whether it is new. The row and column exist. Changes nothing when there is no memory for it.
  bool set(index_t r, index_t column, T value) {
    KINDRED_ASSERT(r < rows() && column < columns_);
    auto& [index, values] = row_[r];
    std::size_t const at = first_not_below(index, column);
    if (at != index.size() && index[at] == column) {
      values[at] = value;
      return false;
    }
    make_room(index);
    make_room(values);
    index.insert(index.begin() + static_cast<std::ptrdiff_t>(at), column);
    values.insert(values.begin() + static_cast<std::ptrdiff_t>(at), value);
    return true;
  }

  void erase(index_t r, index_t column) noexcept {
    auto& [index, values] = row_[r];
    std::size_t const at = position_of(index, column);
    if (at == index.size()) return;
    index.erase(index.begin() + static_cast<std::ptrdiff_t>(at));
    values.erase(values.begin() + static_cast<std::ptrdiff_t>(at));
  }

  friend bool operator==(patchable_rows const&, patchable_rows const&) = default;

private:
  // For one more.
  template <class V>
  static void make_room(std::vector<V>& in) {
    if (in.size() == in.capacity()) in.reserve(2 * in.size() + 1);
  }

  [[nodiscard]] csr<T> packed() const {
    std::vector<offset_t> offset{0};
    std::vector<index_t> index;
    std::vector<T> value;
    for (one_row const& one : row_) {
      index.insert(index.end(), one.index.begin(), one.index.end());
      value.insert(value.end(), one.value.begin(), one.value.end());
      offset.push_back(index.size());
    }
    return csr<T>(csr_view<T>(unchecked, offset, index, value, columns_));
  }

  void unpack(csr<T> const& from) { *this = patchable_rows(from.view()); }

  struct one_row {
    std::vector<index_t> index;
    std::vector<T> value;
    friend bool operator==(one_row const&, one_row const&) = default;
  };

  std::vector<one_row> row_;
  index_t columns_ = 0;
};

// The same matrix with rows and columns exchanged. O(size).
template <real T>
[[nodiscard]] patchable_rows<T> transposed(patchable_rows<T> const& from) {
  patchable_rows<T> to;
  to.grow(from.columns(), from.rows());
  for (index_t r = 0; r != from.rows(); ++r) {
    auto const row = from.row(r);
    for (std::size_t k = 0; k != row.size(); ++k) to.set(row.index[k], r, row.value[k]);
  }
  return to;
}

KINDRED_END
