// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

namespace detail {

// Walkers that stand on the same node, added up, in bounded room: nodes that many paths lead to are walked on once. When there
// is no more room, who came so far goes on, and the rest comes after; what arrives is the same but for rounding.
//
// Small enough for the stack, so that scoring allocates nothing.
template <class Value>
class walk_front {
public:
  // Adds at a node; false, and nothing done, when there is no room.
  [[nodiscard]] bool add(index_t node, Value value) noexcept {
    std::uint32_t at = static_cast<std::uint32_t>(node * 0x9E3779B1u) >> (32 - bits);
    while (slot_[at] != 0) {
      if (node_[slot_[at] - 1u] == node) {
        value_[slot_[at] - 1u] += value;
        return true;
      }
      at = (at + 1) & (slot_count - 1);
    }
    if (count_ == capacity) return false;
    node_[count_] = node;
    value_[count_] = value;
    slot_[at] = static_cast<std::uint16_t>(++count_);
    return true;
  }

  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] index_t node(std::size_t k) const noexcept { return node_[k]; }
  [[nodiscard]] Value value(std::size_t k) const noexcept { return value_[k]; }
  void clear() noexcept {
    slot_.fill(0);
    count_ = 0;
  }

private:
  static constexpr unsigned bits = 12;
  static constexpr std::uint32_t slot_count = 1u << bits;
  static constexpr std::size_t capacity = slot_count / 2;

  std::array<std::uint16_t, slot_count> slot_{};  // one more than the place of a node
  std::array<index_t, capacity> node_;
  std::array<Value, capacity> value_;
  std::size_t count_ = 0;
};

}  // namespace detail

KINDRED_END
