// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// The steps that lead away from a node, ascending, and where behind each its nodes are in the row. Does not own.
//
// Most nodes have few facts, and most graphs few relations: a step and the place where its nodes end then share one number of 32
// bits, which is half of what a graph of short lists would keep beside its nodes. Rows of more facts or steps than 16 bits can
// tell are wide: two numbers a step.
class step_list {
public:
  static constexpr std::size_t narrow_limit = 0xffff;  // of facts in the row, and of steps in the graph

  step_list() noexcept = default;
  // Behind one number, whatever it is - so that the first step need not be told from the others -, `word` has one for each of `count`
  // steps, step x 2^16 + end, or two of a wide row, step and end.
  step_list(index_t const* word, std::size_t count, std::size_t node_count, bool wide) noexcept
      : word_(word), count_(static_cast<index_t>(count)), node_count_(static_cast<index_t>(node_count)), wide_(wide) {}

  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] index_t operator[](std::size_t k) const noexcept {
    return wide_ ? word_[2 * k + 1] : word_[k + 1] >> 16;
  }

  // The k-th leads to the nodes first(k), first(k) + 1 ... last(k) - 1 of the row, which has node_count() of them.
  [[nodiscard]] std::size_t first(std::size_t k) const noexcept {
    std::size_t const before = wide_ ? word_[2 * k] : word_[k] & narrow_limit;
    return k == 0 ? 0 : before;
  }
  [[nodiscard]] std::size_t last(std::size_t k) const noexcept {
    return wide_ ? word_[2 * k + 2] : word_[k + 1] & narrow_limit;
  }
  [[nodiscard]] std::size_t node_count() const noexcept { return node_count_; }

  // The position of the first step that is not below `step`, or size(). O(log size).
  [[nodiscard]] std::size_t not_below(index_t step) const noexcept {
    if (empty()) return 0;
    if (!wide_)  // ends are more than zero
      return step > narrow_limit ? size() : first_not_below({word_ + 1, count_}, step << 16);
    std::size_t from = 0;
    for (std::size_t count = size(); count != 0;) {
      std::size_t const half = count / 2;
      bool const below = word_[2 * (from + half) + 1] < step;
      from += below ? half + 1 : 0;
      count = below ? count - half - 1 : half;
    }
    return from;
  }
  // The position of a step, or size() when it is not among them. O(log size).
  [[nodiscard]] std::size_t find(index_t step) const noexcept {
    std::size_t const k = not_below(step);
    return k != size() && (*this)[k] == step ? k : size();
  }

private:
  index_t const* word_ = nullptr;
  index_t count_ = 0;
  index_t node_count_ = 0;
  bool wide_ = false;
};

KINDRED_END
