// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A row that is near another, and how near.
template <real T>
struct neighbor {
  index_t id;
  T value;

  static void fields(auto& self, auto& visit) {
    visit("id", self.id);
    visit("value", self.value);
  }
  friend bool operator==(neighbor const&, neighbor const&) = default;
};

// Closest first, ties by ascending id: a total order.
template <real T>
[[nodiscard]] constexpr bool is_closer(neighbor<T> const& a, neighbor<T> const& b) noexcept {
  return a.value != b.value ? a.value > b.value : a.id < b.id;
}

// The nearest rows of every row, closest first. 8 bytes a neighbor for float: what replaces an n x n matrix.
template <real T>
class neighbor_lists {
public:
  using value_type = T;

  // offset: rows + 1 ascending positions from 0.
  neighbor_lists(std::vector<offset_t> offset, std::vector<neighbor<T>> entry) noexcept
      : offset_(std::move(offset)), entry_(std::move(entry)) {}

  static constexpr stored_format format{"neighbor_lists", 1};
  neighbor_lists(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("offset", self.offset_);
    visit("neighbors", self.entry_);
  }
  void restore() const {
    check_stored_offsets(offset_, entry_.size(), "neighbor_lists");
    for (neighbor<T> const& one : entry_) {
      check_stored(one.id < rows(), "neighbor_lists: neighbors are rows");
      check_stored(is_finite(one.value), "neighbor_lists: numbers are finite");
    }
  }

  [[nodiscard]] index_t rows() const noexcept { return offset_.empty() ? 0 : static_cast<index_t>(offset_.size() - 1); }
  [[nodiscard]] std::size_t size() const noexcept { return entry_.size(); }
  [[nodiscard]] std::span<neighbor<T> const> of(index_t row) const noexcept {
    if (row >= rows()) return {};
    auto const first = static_cast<std::size_t>(offset_[row]);
    return std::span<neighbor<T> const>(entry_).subspan(first, static_cast<std::size_t>(offset_[row + 1]) - first);
  }

  friend bool operator==(neighbor_lists const&, neighbor_lists const&) = default;

private:
  std::vector<offset_t> offset_;
  std::vector<neighbor<T>> entry_;
};

// The other way round: row i holds the rows that have i among their neighbors, and how near they are. Neighbors are
// numbered below `columns`.
template <real T>
[[nodiscard]] csr<T> transposed(neighbor_lists<T> const& lists, index_t columns) {
  std::vector<offset_t> offset(std::size_t{columns} + 1, 0);
  for (index_t r = 0; r != lists.rows(); ++r)
    for (auto const& one : lists.of(r)) ++offset[one.id + 1];
  for (index_t c = 0; c != columns; ++c) offset[c + 1] += offset[c];
  std::vector<offset_t> next(offset.begin(), offset.end() - 1);
  std::vector<index_t> index(lists.size());
  std::vector<T> value(lists.size());
  for (index_t r = 0; r != lists.rows(); ++r) {
    for (auto const& one : lists.of(r)) {
      auto const at = static_cast<std::size_t>(next[one.id]++);
      index[at] = r;
      value[at] = one.value;
    }
  }
  return csr<T>(csr_view<T>(unchecked, offset, index, value, lists.rows()));
}

KINDRED_END
