// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// Numbers for the lists of a graph: one for every pair of a node and a step that leads somewhere from it, by node and step.
// List (tea, ^likes) holds everybody who likes tea. Numbers are those of the graph as it was; a list that came later has none.
class posting_index {
public:
  static constexpr index_t none = index_limit;

  posting_index() = default;
  explicit posting_index(knowledge_graph const& graph) {
    row_.reserve(std::size_t{graph.node_count()} + 1);
    row_.push_back(0);
    for (index_t x = 0; x != graph.node_count(); ++x) {
      node_row const row = graph.row(x);
      for (std::size_t k = 0; k != row.size(); ++k) {
        step_.push_back(row.step(k));
        node_.push_back(x);
        size_.push_back(static_cast<index_t>(row.nodes(k).size()));
      }
      row_.push_back(static_cast<index_t>(step_.size()));
    }
  }

  static constexpr stored_format format{"posting_index", 1};
  static void fields(auto& self, auto& visit) {
    visit("rows", self.row_);
    visit("step", self.step_);
    visit("size", self.size_);
  }
  void restore() {
    check_stored_offsets(row_, step_.size(), "posting_index");
    check_stored(size_.size() == step_.size(), "posting_index: a length for every list");
    node_.resize(step_.size());
    for (std::size_t x = 0; x + 1 < row_.size(); ++x)
      for (std::size_t k = row_[x]; k != row_[x + 1]; ++k) {
        check_stored(k == row_[x] || step_[k - 1] < step_[k], "posting_index: steps ascend at every node");
        node_[k] = static_cast<index_t>(x);
      }
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(step_.size()); }
  [[nodiscard]] index_t step(index_t list) const noexcept { return step_[list]; }
  [[nodiscard]] index_t node(index_t list) const noexcept { return node_[list]; }
  [[nodiscard]] index_t length(index_t list) const noexcept { return size_[list]; }
  [[nodiscard]] index_t first(index_t node) const noexcept { return row_[node]; }

  // The number of a list; none when there was none. O(log steps of the node).
  [[nodiscard]] index_t find(index_t node, index_t step) const noexcept {
    if (std::size_t{node} + 1 >= row_.size()) return none;
    std::size_t const first = row_[node];
    auto const steps = std::span<index_t const>(step_).subspan(first, row_[node + 1] - first);
    std::size_t const k = position_of(steps, step);
    return k == steps.size() ? none : static_cast<index_t>(first + k);
  }

private:
  std::vector<index_t> row_;   // by node
  std::vector<index_t> step_;  // by list
  std::vector<index_t> node_;
  std::vector<index_t> size_;
};

KINDRED_END
