// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Finds columns of one sparse row many times: a small table on the stack, where binary search would be most of the cost of
// scoring a block. Columns below 8192 are the table's own places; beyond, it is a hash table. Falls back on binary search
// for rows too long for the table and for few questions; for up to 4095 columns and many questions it does not, and then
// they may come in any order.
class row_lookup {
public:
  static constexpr std::size_t many = ~std::size_t{0};

  // `questions` is about how many times find will be called.
  row_lookup(std::span<index_t const> index, std::size_t questions) noexcept
      : index_(index), size_(static_cast<std::uint16_t>(index.size())) {
    if (index.size() * 2 >= capacity || questions < index.size() / 4) return;
    index_t largest = 0;
    for (index_t const column : index) largest = (std::max)(largest, column);
    if (largest < capacity) place_directly(largest + 1);
    else hash_all();
  }

  // The position of a column in the row, or the row's size when it is not there.
  [[nodiscard]] std::size_t find(index_t column) const noexcept {
    if (direct_ != 0) return slot_[(std::min)(column, direct_)];
    if (mask_ == 0) return position_of(index_, column);
    if ((maybe_[column / 64 % maybe_.size()] >> (column % 64) & 1) == 0) return index_.size();
    for (std::uint32_t at = hash(column) & mask_; slot_[at] != 0; at = (at + 1) & mask_)
      if (index_[slot_[at] - 1u] == column) return slot_[at] - 1u;
    return index_.size();
  }

  // Calls use(find) with the quickest way to ask, for loops that ask of nothing else.
  template <class Use>
  void with_find(Use const& use) const noexcept {
    if (direct_ != 0) use([this](index_t column) { return std::size_t{slot_[(std::min)(column, direct_)]}; });
    else use([this](index_t column) { return find(column); });
  }

private:
  static constexpr std::uint32_t capacity = 8192;  // 16 kB

  void place_directly(index_t columns) noexcept {
    direct_ = columns;  // and in the slot of that number, and of all above, there is nothing
    std::fill_n(slot_.begin(), columns + 1, size_);
    for (std::size_t k = 0; k != index_.size(); ++k) slot_[index_[k]] = static_cast<std::uint16_t>(k);
  }
  void hash_all() noexcept {
    mask_ = static_cast<std::uint32_t>(std::bit_ceil(index_.size() * 2 + 1) - 1);
    std::fill_n(slot_.begin(), mask_ + 1, std::uint16_t{0});
    maybe_.fill(0);
    for (std::size_t k = 0; k != index_.size(); ++k) {
      maybe_[index_[k] / 64 % maybe_.size()] |= std::uint64_t{1} << (index_[k] % 64);
      std::uint32_t at = hash(index_[k]) & mask_;
      while (slot_[at] != 0) at = (at + 1) & mask_;
      slot_[at] = static_cast<std::uint16_t>(k + 1);
    }
  }
  [[nodiscard]] static std::uint32_t hash(index_t column) noexcept { return (column * 0x9E3779B1u) >> 15; }

  std::span<index_t const> index_;
  std::uint32_t direct_ = 0;  // how many columns have a slot of their own
  std::uint32_t mask_ = 0;    // of a hash table
  std::uint16_t size_;
  std::array<std::uint64_t, 256> maybe_;  // a bit a column, modulo 16384: most that are not there are told by it
  std::array<std::uint16_t, capacity + 1> slot_;
};

KINDRED_END
