// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Cells are swept in groups of this many, and there is a whole number of groups.
inline constexpr std::size_t cell_group = 64;
[[nodiscard]] constexpr std::size_t padded_cells(std::size_t size) noexcept {
  return (size + cell_group - 1) / cell_group * cell_group;
}

// A cell for every row, and the list of those to which anything was added: as long as they are few, so that what follows looks
// at them alone. When they are many the list is given up, for a sweep over all cells is quicker then.
//
// A cell is touched when it was empty before. Its place is written down always and kept only then, for which of both it is
// no processor foresees. So a cell that something was added to is never empty again.
template <class Cell>
class touched_cells {
public:
  explicit touched_cells(std::size_t size)
      : cell_(padded_cells(size)), place_(size / 8 + most_at_once + 1), enough_(size / 8) {}

  // Calls add(cell, j) for the cells place[0 ... count - 1], in order.
  template <class Add>
  void each(index_t const* place, std::size_t count, Add const& add) noexcept {
    Cell* const cell = cell_.data();
    index_t* const list = place_.data();
    std::size_t j = 0;
    while (j != count && listed()) {
      std::size_t const end = (std::min)(count, j + most_at_once);
      std::size_t n = count_;
      for (; j != end; ++j) {
        Cell& one = cell[place[j]];
        list[n] = place[j];
        n += one.empty() ? 1u : 0u;
        add(one, j);
      }
      count_ = n;
    }
    for (; j != count; ++j) add(cell[place[j]], j);
  }

  // Whether touched() lists them; else all cells have to be looked at.
  [[nodiscard]] bool listed() const noexcept { return count_ <= enough_; }
  [[nodiscard]] std::span<index_t const> touched() const noexcept { return {place_.data(), count_}; }
  [[nodiscard]] std::span<Cell const> all() const noexcept { return cell_; }

  void clear() noexcept {
    if (listed())
      for (index_t const place : touched()) cell_[place] = Cell{};
    else std::fill(cell_.begin(), cell_.end(), Cell{});
    count_ = 0;
  }

private:
  static constexpr std::size_t most_at_once = 1024;

  std::vector<Cell> cell_;
  std::vector<index_t> place_;
  std::size_t enough_;
  std::size_t count_ = 0;
};

}  // namespace detail

KINDRED_END
