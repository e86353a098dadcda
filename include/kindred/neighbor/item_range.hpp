// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>

KINDRED_BEGIN

// The items first, first + 1 ... that are to be scored, met by many sparse rows of items: an item_block without a list.
class item_range {
public:
  constexpr item_range(item_id first, std::size_t size) noexcept : first_(to_index(first)), size_(size) {}

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr item_id operator[](std::size_t k) const noexcept {
    return item_id{first_ + static_cast<index_t>(k)};
  }

  // Calls visit(k, value) for every item first + k of the range that the row holds.
  template <real T, class Visit>
  void each_shared(sparse_row<T> row, Visit const& visit) const noexcept {
    auto const* const index = row.index.data();
    auto const* const value = row.value.data();
    std::size_t const beyond = std::size_t{first_} + size_;
    for (std::size_t at = first_not_below(row.index, first_); at != row.size() && index[at] < beyond; ++at)
      visit(index[at] - first_, value[at]);
  }

private:
  index_t first_;
  std::size_t size_;
};

KINDRED_END
