// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Sparse rows that are replaced one by one: what a model keeps of every user when it learns while it serves.
//
// All rows lie in one block. A row that no longer fits where it was moves to the end, and when the holes outgrow the rows,
// all move together: O(row) amortized for a replacement, and at most twice the memory of csr.
template <real T>
class row_store {
public:
  using value_type = T;

  row_store() = default;
  explicit row_store(csr_view<T> from)
      : index_(from.index().begin(), from.index().end()), value_(from.value().begin(), from.value().end()) {
    place_.reserve(from.rows());
    for (index_t r = 0; r != from.rows(); ++r)
      place_.push_back({static_cast<std::size_t>(from.offset()[r]), from.row(r).size()});
  }

  static constexpr stored_format format{"row_store", 1};
  static void fields(auto& self, auto& visit) {
    visit("places", self.place_);
    visit("index", self.index_);
    visit("value", self.value_);
    visit("holes", self.holes_);
  }
  void restore() const {
    check_stored(value_.size() == index_.size() && place_.size() < index_limit && holes_ <= index_.size(),
                 "row_store: a value for every column");
    for (place const& one : place_) {
      check_stored(one.first <= index_.size() && one.size <= index_.size() - one.first, "row_store: rows lie in it");
      for (std::size_t k = 1; k < one.size; ++k)
        check_stored(index_[one.first + k - 1] < index_[one.first + k], "row_store: columns ascend in every row");
    }
    check_stored_numbers(value_, "row_store");
    // Rows do not overlap, and what is in no row is a hole: assign writes into them and counts on it.
    auto by_place = place_;
    std::sort(by_place.begin(), by_place.end(), [](place const& a, place const& b) { return a.first < b.first; });
    std::size_t end = 0, held = 0;
    for (place const& one : by_place) {
      if (one.size == 0) continue;
      check_stored(one.first >= end, "row_store: rows do not overlap");
      end = one.first + one.size;
      held += one.size;
    }
    check_stored(held == index_.size() - holes_, "row_store: what is in no row is a hole");
  }

  [[nodiscard]] index_t rows() const noexcept { return static_cast<index_t>(place_.size()); }

  // Empty for a row that was never assigned. Valid until the next assign.
  [[nodiscard]] sparse_row<T> row(index_t r) const noexcept {
    if (r >= rows()) return {};
    return {std::span(index_).subspan(place_[r].first, place_[r].size),
            std::span(value_).subspan(place_[r].first, place_[r].size)};
  }

  // Replaces a row, or makes it and empty ones before it. The new row must not look into this store.
  void assign(index_t r, sparse_row<T> row) {
    if (r >= rows()) place_.resize(std::size_t{r} + 1);
    if (row.size() > place_[r].size) {
      holes_ += place_[r].size;
      place_[r] = {index_.size(), 0};
      if (holes_ > index_.size() / 2) compact();
      place_[r].first = index_.size();
      index_.resize(index_.size() + row.size());
      value_.resize(index_.size());
    } else {
      holes_ += place_[r].size - row.size();
    }
    place_[r].size = row.size();
    std::copy(row.index.begin(), row.index.end(), index_.begin() + static_cast<std::ptrdiff_t>(place_[r].first));
    std::copy(row.value.begin(), row.value.end(), value_.begin() + static_cast<std::ptrdiff_t>(place_[r].first));
  }

  // Equal rows, wherever they lie.
  friend bool operator==(row_store const& a, row_store const& b) noexcept {
    index_t const rows = (std::max)(a.rows(), b.rows());
    for (index_t r = 0; r != rows; ++r) {
      auto const x = a.row(r), y = b.row(r);
      if (!std::equal(x.index.begin(), x.index.end(), y.index.begin(), y.index.end()) ||
          !std::equal(x.value.begin(), x.value.end(), y.value.begin(), y.value.end()))
        return false;
    }
    return true;
  }

private:
  struct place {
    std::size_t first = 0;
    std::size_t size = 0;

    static void fields(auto& self, auto& visit) {
      visit("first", self.first);
      visit("size", self.size);
    }
  };

  void compact() {
    std::vector<index_t> index;
    std::vector<T> value;
    index.reserve(index_.size() - holes_);
    value.reserve(index_.size() - holes_);
    for (index_t r = 0; r != rows(); ++r) {
      auto const old = row(r);
      place_[r].first = index.size();
      index.insert(index.end(), old.index.begin(), old.index.end());
      value.insert(value.end(), old.value.begin(), old.value.end());
    }
    index_ = std::move(index);
    value_ = std::move(value);
    holes_ = 0;
  }

  std::vector<place> place_;
  std::vector<index_t> index_;
  std::vector<T> value_;
  std::size_t holes_ = 0;
};

KINDRED_END
