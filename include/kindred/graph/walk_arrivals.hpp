// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What arrived at one node over all paths: the sum of their products of steps, the largest of them, and how many they are.
struct arrival {
  double value = 0;
  double best = 0;
  double count = 0;  // whole, and exact up to 2^53
};

// Arrivals by node, cleared by what was touched.
class walk_arrivals {
public:
  // Makes room, and forgets what arrived.
  void start(std::size_t nodes) {
    for (index_t const x : nodes_) at_[x] = {};
    nodes_.clear();
    if (at_.size() < nodes) at_.resize(nodes);
  }

  void begin_at(index_t x) {
    at_[x] = {1, 1, 1};
    nodes_.push_back(x);
  }

  // One step from a node to all of a list, each(j) being what the j-th is worth.
  template <class Each>
  void add(std::span<index_t const> list, arrival const& from, Each const& each) {
    arrival* const at = at_.data();
    for (std::size_t j = 0; j != list.size(); ++j) {
      arrival& to = at[list[j]];
      if (to.count == 0) nodes_.push_back(list[j]);
      double const worth = each(j), best = from.best * worth;
      to.value += from.value * worth;
      to.best = to.best < best ? best : to.best;
      to.count += from.count;
    }
  }

  // Where something arrived, in the order in which it first did unless the caller sorts them.
  [[nodiscard]] std::span<index_t const> nodes() const noexcept { return nodes_; }
  [[nodiscard]] std::span<index_t> nodes() noexcept { return nodes_; }
  // Nothing at nodes beyond those that there was room for, which a graph may have got since.
  [[nodiscard]] arrival operator[](index_t x) const noexcept { return x < at_.size() ? at_[x] : arrival{}; }

private:
  std::vector<arrival> at_;  // by node
  std::vector<index_t> nodes_;
};

}  // namespace detail

KINDRED_END
