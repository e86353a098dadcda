// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

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
    for (std::size_t at = begin_in(row.index); at != row.size() && index[at] < beyond; ++at)
      visit(index[at] - first_, value[at]);
  }

private:
  // Where the range begins in a row: near to where it would if columns were spread evenly. A search by halves would touch
  // the whole row, which is seldom in a cache, to read a part of it.
  [[nodiscard]] std::size_t begin_in(std::span<index_t const> index) const noexcept {
    if (index.empty() || index.front() >= first_) return 0;
    if (index.back() < first_) return index.size();
    std::uint64_t const before = first_ - index.front(), all = index.back() - index.front();
    std::size_t low = 0, high = index.size() - 1;  // index[low] is below first_, index[high] is not
    std::size_t at = static_cast<std::size_t>(before * high / all);
    for (std::size_t step = 8; low + 1 < high; step *= 2) {
      if (index[at] < first_) {
        low = at;
        if (high - low <= step || !(index[low + step] < first_)) {
          high = (std::min)(high, low + step);
          break;
        }
        at = low + step;
      } else {
        high = at;
        if (high - low <= step || index[high - step] < first_) {
          low = high - low <= step ? low : high - step;
          break;
        }
        at = high - step;
      }
    }
    return low + first_not_below(index.subspan(low, high - low), first_);
  }

  index_t first_;
  std::size_t size_;
};

KINDRED_END
