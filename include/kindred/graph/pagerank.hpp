// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/triple.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Personalized PageRank by forward push (Andersen, Chung and Lang, 2006): where a walker is who takes any fact of the node that
// they are at, in either direction, and goes home with probability `restart` before every step.
//
// Work is near the start, not in the size of the graph: what is not yet walked lies on nodes as a residue, and only nodes
// whose residue exceeds `error` times their degree are walked on. Afterwards the value of every node is too small by at most
// error x degree of the node, and the values sum to at most 1. At most 1 / (error x restart) steps.
//
// Holds the scratch of one thread, 32 bytes a node, cleared by what was touched; does not own the graph.
class personalized_pagerank {
public:
  // Throws error{setting} unless restart is in (0, 1) and error positive.
  explicit personalized_pagerank(knowledge_graph const& graph, double restart = 0.15, double error = 1e-6)
      : graph_(&graph), restart_(restart), error_(error) {
    if (!(restart > 0 && restart < 1))
      raise(kindred::error(error_kind::setting)
            << "personalized_pagerank: restart = " << restart << "; it has to be in (0, 1)");
    if (!is_finite(error) || !(error > 0))
      raise(kindred::error(error_kind::setting)
            << "personalized_pagerank: error = " << error << "; it has to be positive");
  }

  void operator()(node_id home) {
    for (index_t const x : reached_) node_[x] = {};
    reached_.clear();
    if (degree_.size() != graph_->node_count() || facts_ != graph_->size()) measure();
    steps_ = 0;
    if (to_index(home) >= graph_->node_count()) return;
    receive(to_index(home), 1);
    if (!node_[to_index(home)].waiting) wait(to_index(home));
    // First come, first served; what arrives while a node waits is walked on together.
    for (std::size_t k = 0; k != queue_.size(); ++k) {
      push(queue_[k]);
      if (k + 1 == queue_.size() || k < 65536) continue;
      queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(k + 1));
      k = static_cast<std::size_t>(-1);
    }
    queue_.clear();
  }

  // The nodes that the walker was seen at, in no order to rely on.
  [[nodiscard]] std::span<index_t const> reached() const noexcept { return reached_; }
  [[nodiscard]] double value(node_id x) const noexcept {
    return to_index(x) < node_.size() ? node_[to_index(x)].value : 0;
  }
  // How many steps were taken.
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }

private:
  struct state {
    double value = 0;
    double residue = 0;
    bool seen = false;
    bool waiting = false;
  };

  // Degrees in a list of their own: looked up for every node that is reached, most of which are never walked on.
  void measure() {
    node_.assign(graph_->node_count(), {});
    degree_.resize(graph_->node_count());
    for (index_t x = 0; x != graph_->node_count(); ++x)
      degree_[x] = static_cast<std::uint32_t>(graph_->row(x).degree());
    facts_ = graph_->size();
  }

  void receive(index_t x, double amount) {
    state& s = node_[x];
    if (!s.seen) {
      s.seen = true;
      reached_.push_back(x);
    }
    s.residue += amount;
    if (!s.waiting && s.residue > error_ * degree_[x]) wait(x);
  }
  void wait(index_t x) {
    node_[x].waiting = true;
    queue_.push_back(x);
  }

  void push(index_t x) {
    state& s = node_[x];
    double const residue = s.residue;
    s.residue = 0;
    s.waiting = false;
    node_row const row = graph_->row(x);
    if (row.empty()) {  // nowhere to go: the walker stays until they go home
      s.value += residue;
      return;
    }
    s.value += restart_ * residue;
    double const share = (1 - restart_) * residue / static_cast<double>(degree_[x]);
    for (std::size_t k = 0; k != row.size(); ++k)
      for (index_t const y : row.nodes(k)) receive(y, share);
    steps_ += degree_[x];
  }

  knowledge_graph const* graph_;
  double restart_;
  double error_;
  std::size_t facts_ = 0;
  std::vector<state> node_;
  std::vector<std::uint32_t> degree_;
  std::vector<index_t> reached_;
  std::vector<index_t> queue_;
  std::uint64_t steps_ = 0;
};

KINDRED_END
