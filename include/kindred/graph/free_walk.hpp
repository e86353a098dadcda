// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/triple.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// Walks from a node over all facts, whatever they say and in either direction, and tells what arrives where after each step: the sum
// over all ways of the products of degree^-power of the nodes that are left. With power 1 these are the probabilities of a
// random walker; with power 0 the numbers of ways, of which Katz's index is made:
//
//   katz(x, y) = sum over k of  beta^k  ways of k steps from x to y              (Katz, 1953; here up to the steps walked)
//
// Where meta paths say which ways mean something, this asks how close two nodes are, all things considered. Work is the facts
// of the nodes reached, once a step. Holds the scratch of one thread, 8 bytes a node and step; does not own the graph.
class free_walk {
public:
  // Throws error{setting} when power is negative or not finite.
  explicit free_walk(knowledge_graph const& graph, double power = 1) : graph_(&graph), power_(power) {
    check_not_negative("free_walk: power", power);
  }

  void operator()(node_id from, std::size_t steps) {
    index_t const home = to_index(from);
    std::size_t const nodes = (std::max)(std::size_t{graph_->node_count()}, std::size_t{home} + 1);
    for (std::size_t k = 0; k != at_.size(); ++k) {
      for (index_t const x : here_[k]) at_[k][x] = 0;
      here_[k].clear();
    }
    at_.resize(steps + 1);
    here_.resize(steps + 1);
    for (auto& at : at_) at.resize(nodes);
    at_[0][home] = 1;
    here_[0].push_back(home);
    for (std::size_t k = 0; k != steps; ++k) {
      double* const next = at_[k + 1].data();
      for (index_t const x : here_[k]) {
        std::span<index_t const> const around = graph_->row(x).all_nodes();
        double const share = at_[k][x] * worth(around.size());
        if (share == 0) continue;  // so little that it is nothing: who is reached by it is not reached
        for (index_t const y : around) {
          if (next[y] == 0) here_[k + 1].push_back(y);
          next[y] += share;
        }
      }
    }
  }

  // What arrived at a node with the step of that number; with step 0 the walker is at home.
  [[nodiscard]] double value(std::size_t step, node_id x) const noexcept {
    return step < at_.size() && to_index(x) < at_[step].size() ? at_[step][to_index(x)] : 0;
  }
  // Where something arrived, in no order to rely on; none beyond the steps that were walked.
  [[nodiscard]] std::span<index_t const> nodes(std::size_t step) const noexcept {
    return step < here_.size() ? std::span<index_t const>(here_[step]) : std::span<index_t const>();
  }

  // sum over the steps walked, from the first on, of beta^step times what arrived: with power 0 Katz's index.
  [[nodiscard]] double katz(double beta, node_id x) const noexcept {
    double sum = 0, factor = 1;
    for (std::size_t k = 1; k < at_.size(); ++k) {
      factor *= beta;
      sum += factor * value(k, x);
    }
    return sum;
  }

private:
  [[nodiscard]] double worth(std::size_t degree) const noexcept {
    if (degree == 0 || power_ == 0) return 1;
    auto const d = static_cast<double>(degree);
    return power_ == 1 ? 1 / d : std::pow(d, -power_);
  }

  knowledge_graph const* graph_;
  double power_;
  std::vector<std::vector<double>> at_;     // by step, by node
  std::vector<std::vector<index_t>> here_;  // by step, where something arrived
};

KINDRED_END
