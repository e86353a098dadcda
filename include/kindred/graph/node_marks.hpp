// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/view/row.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace detail {

// An ascending list of nodes that many others are looked for in: as bits where the nodes lie close together, which those of one
// kind mostly do, by search where they do not. Lives on the stack; does not own the list.
class node_marks {
public:
  explicit node_marks(std::span<index_t const> nodes) noexcept : nodes_(nodes) {
    if (nodes.empty()) return;
    first_ = nodes.front();
    marked_ = nodes.back() - first_ < 64 * words;
    if (!marked_) return;
    used_ = (nodes.back() - first_) / 64 + 1;
    for (std::size_t w = 0; w != used_; ++w) word_[w] = 0;
    for (index_t const x : nodes) word_[(x - first_) / 64] |= std::uint64_t{1} << (x - first_) % 64;
  }

  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
  [[nodiscard]] std::span<index_t const> nodes() const noexcept { return nodes_; }

  [[nodiscard]] bool contains(index_t x) const noexcept {
    if (!marked_) return position_of(nodes_, x) != nodes_.size();
    index_t const at = x - first_;  // wraps around below the first
    return at / 64 < used_ && (word_[at / 64] >> at % 64 & 1u) != 0;
  }

private:
  static constexpr std::size_t words = 1024;

  std::span<index_t const> nodes_;
  index_t first_ = 0;
  std::size_t used_ = 0;
  bool marked_ = false;
  std::array<std::uint64_t, words> word_;
};

}  // namespace detail

KINDRED_END
