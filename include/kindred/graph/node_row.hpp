// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// The nodes that one step leads to from a node: ascending, each once, with the weights and times of the facts beside them
// where the graph has any. Does not own.
struct node_list {
  std::span<index_t const> node;
  std::span<float const> weight;       // empty: all are one
  std::span<std::int64_t const> time;  // empty: none is known

  [[nodiscard]] std::size_t size() const noexcept { return node.size(); }
  [[nodiscard]] bool empty() const noexcept { return node.empty(); }
  [[nodiscard]] bool contains(index_t x) const noexcept { return position_of(node, x) != node.size(); }
  [[nodiscard]] float weight_of(std::size_t k) const noexcept { return weight.empty() ? 1.0f : weight[k]; }
  [[nodiscard]] std::int64_t time_of(std::size_t k) const noexcept { return time.empty() ? no_time : time[k]; }
};

// Everything that a graph knows about one node: the steps that lead away from it, ascending, and a node_list for each.
// Does not own; valid until the graph changes.
class node_row {
public:
  node_row() noexcept = default;
  // `first` has a position more than there are steps; node, weight and time are what those positions count in.
  node_row(std::span<index_t const> step, index_t const* first, index_t const* node, float const* weight,
           std::int64_t const* time) noexcept
      : step_(step), first_(first), node_(node), weight_(weight), time_(time) {}

  [[nodiscard]] std::size_t size() const noexcept { return step_.size(); }
  [[nodiscard]] bool empty() const noexcept { return step_.empty(); }
  [[nodiscard]] index_t step(std::size_t k) const noexcept { return step_[k]; }
  [[nodiscard]] std::span<index_t const> steps() const noexcept { return step_; }
  // How many facts name the node; a fact that relates it to itself counts twice.
  [[nodiscard]] std::size_t degree() const noexcept { return empty() ? 0 : first_[size()] - first_[0]; }

  // The nodes alone, for loops that need no more.
  [[nodiscard]] std::span<index_t const> nodes(std::size_t k) const noexcept {
    return {node_ + first_[k], first_[k + 1] - first_[k]};
  }
  // Those of all steps, one step after the other: degree() of them.
  [[nodiscard]] std::span<index_t const> all_nodes() const noexcept {
    return empty() ? std::span<index_t const>() : std::span<index_t const>(node_ + first_[0], degree());
  }
  [[nodiscard]] node_list list(std::size_t k) const noexcept {
    std::size_t const count = first_[k + 1] - first_[k];
    return {
        nodes(k), weight_ == nullptr ? std::span<float const>() : std::span<float const>(weight_ + first_[k], count),
        time_ == nullptr ? std::span<std::int64_t const>() : std::span<std::int64_t const>(time_ + first_[k], count)};
  }

  // The list of a step; empty when it leads nowhere from here. O(log steps).
  [[nodiscard]] node_list of(step_id s) const noexcept {
    std::size_t const k = position_of(step_, to_index(s));
    return k == size() ? node_list{} : list(k);
  }

private:
  std::span<index_t const> step_;
  index_t const* first_ = nullptr;
  index_t const* node_ = nullptr;
  float const* weight_ = nullptr;
  std::int64_t const* time_ = nullptr;
};

KINDRED_END
