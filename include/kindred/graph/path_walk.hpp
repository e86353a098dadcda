// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/met_nodes.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/graph/triple.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Walks all paths of one kind from a node at once, and says what arrives where: for every node, the sum over all paths to it of
// the products of their steps.
//
// uniform_steps counts paths (PathCount), random_steps gives the probabilities of a path-constrained random walk. Nodes may be
// visited again, as walkers do. Work is what the steps touch: nodes that several paths lead to go on as one. Holds the
// scratch of one thread, 12 bytes a node; does not own the graph.
template <step_weight W = uniform_steps>
class path_walk {
public:
  explicit path_walk(knowledge_graph const& graph, W weight = {}) : graph_(&graph), weight_(std::move(weight)) {}

  void operator()(node_id from, meta_path const& path) {
    start(from);
    for (std::size_t k = 0; k != path.size(); ++k) step(path[k], k);
    std::sort(here_.begin(), here_.end());
  }
  // The first `steps` steps of a path alone.
  void operator()(node_id from, meta_path const& path, std::size_t steps) {
    start(from);
    for (std::size_t k = 0; k != steps; ++k) step(path[k], k);
    std::sort(here_.begin(), here_.end());
  }

  // Where something arrived, ascending, and how much.
  [[nodiscard]] std::span<index_t const> nodes() const noexcept { return here_; }
  [[nodiscard]] double value(node_id at) const noexcept {
    return to_index(at) < value_.size() ? value_[to_index(at)] : 0;
  }

private:
  void start(node_id from) {
    for (index_t const x : here_) value_[x] = 0;
    here_.clear();
    std::size_t const nodes = (std::max)(std::size_t{graph_->node_count()}, std::size_t{to_index(from)} + 1);
    value_.resize(nodes);
    value_[to_index(from)] = 1;
    here_.push_back(to_index(from));
  }

  void step(step_id s, std::size_t depth) {
    met_.start(value_.size());
    next_.clear();
    for (index_t const x : here_) {
      arriving_.push_back(value_[x]);
      value_[x] = 0;
    }
    for (std::size_t h = 0; h != here_.size(); ++h) {
      node_list const list = graph_->row(here_[h]).of(s);
      for (std::size_t k = 0; k != list.size(); ++k) {
        index_t const y = list.node[k];
        if (met_.add(y)) next_.push_back(y);
        value_[y] +=
            arriving_[h] * weight_({graph_, s, here_[h], y, list.size(), list.weight_of(k), list.time_of(k)}, depth);
      }
    }
    arriving_.clear();
    here_.swap(next_);
  }

  knowledge_graph const* graph_;
  W weight_;
  std::vector<double> value_;  // by node
  detail::met_nodes met_;      // in this step
  std::vector<index_t> here_, next_;
  std::vector<double> arriving_;
};

KINDRED_END
