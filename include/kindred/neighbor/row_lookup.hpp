// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/view/row.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Finds columns of one sparse row many times: a small hash table on the stack, where binary search would be most of the
// cost of scoring a block. Falls back on binary search for rows too long for the table and for few questions; for up to 4095
// columns and many questions it does not, and then they may come in any order.
class row_lookup {
public:
  static constexpr std::size_t many = ~std::size_t{0};

  // `questions` is about how many times find will be called.
  row_lookup(std::span<index_t const> index, std::size_t questions) noexcept : index_(index) {
    if (index.size() * 2 >= capacity || questions < index.size() / 4) return;
    mask_ = static_cast<std::uint32_t>(std::bit_ceil(index.size() * 2 + 1) - 1);
    for (std::uint32_t k = 0; k <= mask_; ++k) slot_[k] = 0;
    for (std::uint64_t& word : maybe_) word = 0;
    for (std::size_t k = 0; k != index.size(); ++k) {
      maybe_[index[k] / 64 % maybe_.size()] |= std::uint64_t{1} << (index[k] % 64);
      std::uint32_t at = hash(index[k]) & mask_;
      while (slot_[at] != 0) at = (at + 1) & mask_;
      slot_[at] = static_cast<std::uint16_t>(k + 1);
    }
  }

  // The position of a column in the row, or the row's size when it is not there.
  [[nodiscard]] std::size_t find(index_t column) const noexcept {
    if (mask_ == 0) return position_of(index_, column);
    if ((maybe_[column / 64 % maybe_.size()] >> (column % 64) & 1) == 0) return index_.size();
    for (std::uint32_t at = hash(column) & mask_; slot_[at] != 0; at = (at + 1) & mask_)
      if (index_[slot_[at] - 1u] == column) return slot_[at] - 1u;
    return index_.size();
  }

private:
  static constexpr std::size_t capacity = 8192;  // 16 kB

  [[nodiscard]] static std::uint32_t hash(index_t column) noexcept { return (column * 0x9E3779B1u) >> 15; }

  std::span<index_t const> index_;
  std::uint32_t mask_ = 0;
  std::array<std::uint64_t, 256> maybe_;  // a bit a column, modulo 16384: most that are not there are told by it
  std::array<std::uint16_t, capacity> slot_;
};

KINDRED_END
