// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// A few rows of a table, copied so that they outlive it.
template <class Rows>
class kept_rows;

template <real T>
class kept_rows<matrix_view<T>> {
public:
  using row_type = dense_row<T>;

  kept_rows() = default;
  kept_rows(matrix_view<T> rows, std::span<index_t const> which) : columns_(rows.columns()) {
    for (index_t const i : which) value_.insert(value_.end(), rows.row(i).begin(), rows.row(i).end());
  }
  [[nodiscard]] index_t columns() const noexcept { return columns_; }
  [[nodiscard]] row_type row(std::size_t k) const noexcept { return {value_.data() + k * columns_, columns_}; }

  static void fields(auto& self, auto& visit) {
    visit.columns("values", self.columns_);
    visit("values", self.value_, self.columns_);
  }
  void restore(std::size_t rows) const {
    check_stored(value_.size() == rows * columns_, "kept rows: a row for each of them");
    check_stored_numbers(value_, "kept rows");
  }
  friend bool operator==(kept_rows const&, kept_rows const&) = default;

private:
  index_t columns_ = 0;
  std::vector<T> value_;
};

template <real T>
class kept_rows<csr_view<T>> {
public:
  using row_type = sparse_row<T>;

  kept_rows() = default;
  kept_rows(csr_view<T> rows, std::span<index_t const> which) : columns_(rows.columns()) {
    for (index_t const i : which) {
      auto const row = rows.row(i);
      index_.insert(index_.end(), row.index.begin(), row.index.end());
      value_.insert(value_.end(), row.value.begin(), row.value.end());
      begin_.push_back(index_.size());
    }
  }
  [[nodiscard]] index_t columns() const noexcept { return columns_; }
  static void fields(auto& self, auto& visit) {
    visit("columns", self.columns_);
    visit("begin", self.begin_);
    visit("index", self.index_);
    visit("value", self.value_);
  }
  void restore(std::size_t rows) const {
    check_stored_offsets(begin_, index_.size(), "kept rows");
    check_stored(begin_.size() == rows + 1 && value_.size() == index_.size(), "kept rows: a row for each of them");
    for (std::size_t r = 0; r != rows; ++r)
      for (std::size_t k = begin_[r]; k != begin_[r + 1]; ++k)
        check_stored(index_[k] < (k + 1 == begin_[r + 1] ? columns_ : index_[k + 1]), "kept rows: columns ascend");
    check_stored_numbers(value_, "kept rows");
  }

  [[nodiscard]] row_type row(std::size_t k) const noexcept {
    std::size_t const count = begin_[k + 1] - begin_[k];
    return {{index_.data() + begin_[k], count}, {value_.data() + begin_[k], count}};
  }
  friend bool operator==(kept_rows const&, kept_rows const&) = default;

private:
  index_t columns_ = 0;
  std::vector<std::size_t> begin_{0};
  std::vector<index_t> index_;
  std::vector<T> value_;
};

}  // namespace detail

KINDRED_END
