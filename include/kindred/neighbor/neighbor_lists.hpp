// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

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

KINDRED_END
