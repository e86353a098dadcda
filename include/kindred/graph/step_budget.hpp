// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

KINDRED_BEGIN

namespace detail {

// How many steps a walk may take. Where they do not suffice for all nodes that it has come to, those at which most arrived go on, and
// the others end.
class step_budget {
public:
  static constexpr std::uint64_t none = (std::numeric_limits<std::uint64_t>::max)();

  explicit step_budget(std::uint64_t most) noexcept : most_(most) {}

  // Of a walk that begins.
  void start() noexcept { spent_ = 0; }

  // The nodes that walk on, where one of them takes steps_from(node) steps; the others are behind them. Ties go by id_of(node). The
  // order is kept when all of them walk on.
  template <class Node, class Steps, class Value, class Id>
  [[nodiscard]] std::span<Node> affordable(std::span<Node> nodes, Steps const& steps_from, Value const& value_of,
                                           Id const& id_of) {
    if (most_ == none) return nodes;
    std::uint64_t asked = 0;
    for (Node const& x : nodes) asked += steps_from(x);
    if (asked <= most_ - spent_) {
      spent_ += asked;
      return nodes;
    }
    std::sort(nodes.begin(), nodes.end(), [&](Node const& a, Node const& b) {
      double const p = value_of(a), q = value_of(b);
      return p != q ? p > q : id_of(a) < id_of(b);
    });
    std::size_t kept = 0;
    for (; kept != nodes.size(); ++kept) {
      std::uint64_t const more = steps_from(nodes[kept]);
      if (more > most_ - spent_) break;
      spent_ += more;
    }
    return nodes.first(kept);
  }

private:
  std::uint64_t most_;
  std::uint64_t spent_ = 0;
};

}  // namespace detail

KINDRED_END
