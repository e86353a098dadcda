// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Which nodes were met since the last start(), of a walk or a question: they are forgotten at once and not one by one.
class met_nodes {
public:
  void start(std::size_t nodes) {
    if (when_.size() < nodes) when_.resize(nodes);
    if (++now_ != 0) return;
    std::fill(when_.begin(), when_.end(), 0u);  // all numbers were used
    now_ = 1;
  }
  [[nodiscard]] bool has(index_t x) const noexcept { return when_[x] == now_; }
  // True of a node that was not met yet.
  bool add(index_t x) noexcept { return std::exchange(when_[x], now_) != now_; }

private:
  std::vector<std::uint32_t> when_;  // by node
  std::uint32_t now_ = 0;
};

}  // namespace detail

KINDRED_END
