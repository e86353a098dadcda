// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/step_list.hpp>
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
  // `node`, `weight` and `time` begin with those of the row.
  node_row(step_list steps, index_t const* node, float const* weight, std::int64_t const* time) noexcept
      : steps_(steps), node_(node), weight_(weight), time_(time) {}

  [[nodiscard]] std::size_t size() const noexcept { return steps_.size(); }
  [[nodiscard]] bool empty() const noexcept { return steps_.empty(); }
  [[nodiscard]] index_t step(std::size_t k) const noexcept { return steps_[k]; }
  [[nodiscard]] step_list steps() const noexcept { return steps_; }
  // How many facts name the node; a fact that relates it to itself counts twice.
  [[nodiscard]] std::size_t degree() const noexcept { return steps_.node_count(); }

  // The nodes alone, for loops that need no more.
  [[nodiscard]] std::span<index_t const> nodes(std::size_t k) const noexcept {
    std::size_t const first = steps_.first(k);
    return {node_ + first, steps_.last(k) - first};
  }
  // Those of all steps, one step after the other: degree() of them.
  [[nodiscard]] std::span<index_t const> all_nodes() const noexcept { return {node_, degree()}; }
  [[nodiscard]] node_list list(std::size_t k) const noexcept {
    std::size_t const first = steps_.first(k), count = steps_.last(k) - first;
    return {{node_ + first, count},
            weight_ == nullptr ? std::span<float const>() : std::span<float const>(weight_ + first, count),
            time_ == nullptr ? std::span<std::int64_t const>() : std::span<std::int64_t const>(time_ + first, count)};
  }

  // The list of a step; empty when it leads nowhere from here. O(log steps).
  [[nodiscard]] node_list of(step_id s) const noexcept {
    std::size_t const k = steps_.find(to_index(s));
    return k == size() ? node_list{} : list(k);
  }

private:
  step_list steps_;
  index_t const* node_ = nullptr;
  float const* weight_ = nullptr;
  std::int64_t const* time_ = nullptr;
};

KINDRED_END
