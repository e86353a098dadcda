// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/triple.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Personalized PageRank of all nodes, right to `error` in sum: sum over x of |value(x) - true value(x)| <= error. The walker is that
// of personalized_pagerank, whose work stays near the start and whose error grows with the degree of a node; this one
// goes over the whole graph, and says how far all values together can be off.
//
// Where facts are walked in both directions the values p = D v solve M v = restart D^-1 e with M = I - (1 - restart) D^-1 A, which
// is symmetric when products are weighted by the degrees D. First the walker is followed while few nodes are reached. Then
// what is not walked yet is replaced by where a walker is in the long run - node x with probability degree / facts / 2 - and
// the difference is solved for by conjugate gradients (Hestenes and Stiefel, 1952): some 10 sweeps over the facts where a
// power iteration, whose error shrinks by 1 - restart a sweep, takes 85; never more than about sqrt(2 / restart)
// ln(facts / error).
//
// A sweep waits for directions to be looked up all over the memory, so they are kept as floats. That rounds the directions alone, which
// any can be: steps along them and what these leave are computed in double from the rounded ones.
//
// Holds 60 bytes a node; does not own the graph. O(facts) a sweep.
class whole_pagerank {
public:
  // Throws error{setting} unless restart is in (0, 1) and error at least 1e-12.
  explicit whole_pagerank(knowledge_graph const& graph, double restart = 0.15, double error = 1e-6)
      : graph_(&graph), restart_(restart), error_(error) {
    if (!(restart > 0 && restart < 1))
      raise(kindred::error(error_kind::setting)
            << "whole_pagerank: restart = " << restart << "; it has to be in (0, 1)");
    if (!is_finite(error) || !(error >= 1e-12))
      raise(kindred::error(error_kind::setting)
            << "whole_pagerank: error = " << error << "; it has to be at least 1e-12");
  }

  void operator()(node_id home) {
    measure();
    sweeps_ = 0;
    left_ = 0;
    value_.assign(nodes(), 0);
    if (to_index(home) >= nodes()) return;
    if (around_[to_index(home)].empty()) {  // nowhere to go
      value_[to_index(home)] = 1;
      return;
    }
    follow(to_index(home));
    solve();
    for (double& v : value_)
      if (v < 0) v = 0;  // off by less than `error`, and certainly wrong
  }

  // By node.
  [[nodiscard]] std::span<double const> values() const noexcept { return value_; }
  [[nodiscard]] double value(node_id x) const noexcept { return to_index(x) < value_.size() ? value_[to_index(x)] : 0; }
  // How often all facts were gone over, and how far the values together can be off at most.
  [[nodiscard]] std::uint32_t sweeps() const noexcept { return sweeps_; }
  [[nodiscard]] double left() const noexcept { return left_; }

private:
  [[nodiscard]] index_t nodes() const noexcept { return graph_->node_count(); }

  [[nodiscard]] double degree(index_t x) const noexcept { return static_cast<double>(around_[x].size()); }

  // Where the neighbors of every node lie: looked up once a question, not once a sweep.
  void measure() {
    around_.resize(nodes());
    volume_ = 0;
    for (index_t x = 0; x != nodes(); ++x) {
      around_[x] = graph_->row(x).all_nodes();
      volume_ += degree(x);
    }
  }

  // Walks on from all nodes that the walker may be at, a step at a time; leaves in rest_ who is still on their way.
  void follow(index_t home) {
    rest_.assign(nodes(), 0);
    next_.assign(nodes(), 0);
    here_.assign(1, home);
    rest_[home] = 1;
    for (;;) {
      double steps = 0;
      for (index_t const x : here_) steps += degree(x);
      if (steps * 8 > volume_) return;
      there_.clear();
      for (index_t const x : here_) {
        value_[x] += restart_ * rest_[x];
        double const share = (1 - restart_) * rest_[x] / degree(x);
        rest_[x] = 0;
        for (index_t const y : around_[x]) {
          if (next_[y] == 0) there_.push_back(y);
          next_[y] += share;
        }
      }
      rest_.swap(next_);
      here_.swap(there_);
      double left = 0;
      for (index_t const x : here_) left += rest_[x];
      left_ = left;
      if (left <= error_) {
        here_.clear();
        return;
      }
    }
  }

  // Solves for what is left of the walk.
  void solve() {
    if (here_.empty()) return;
    double left = 0;
    for (index_t const x : here_) left += rest_[x];
    double const settled = left / volume_;
    double size = 0;
    density_.assign(nodes(), settled);
    direction_.resize(std::size_t{nodes()} + 1);
    direction_[nodes()] = 0;  // of nobody
    // From here on rest_ is what is left of the system, in v, and next_ the image of the direction to search.
    for (index_t x = 0; x != nodes(); ++x) {
      double const d = degree(x);
      rest_[x] = d == 0 ? 0 : restart_ * (rest_[x] / d - settled);
      direction_[x] = static_cast<float>(rest_[x]);
      size += d * rest_[x] * rest_[x];
    }
    for (;;) {
      double curved = 0;
      for (index_t x = 0; x != nodes(); ++x) {
        double const d = degree(x);
        if (d == 0) continue;
        auto const along = static_cast<double>(direction_[x]);
        next_[x] = along - (1 - restart_) / d * direction_around(x);
        curved += d * along * next_[x];
      }
      ++sweeps_;
      double const length = curved > 0 ? size / curved : 0;
      double smaller = 0, off = 0;
      for (index_t x = 0; x != nodes(); ++x) {
        double const d = degree(x);
        density_[x] += length * static_cast<double>(direction_[x]);
        double const rest = rest_[x] - length * next_[x];
        rest_[x] = rest;
        smaller += d * rest * rest;
        off += d * std::abs(rest);
      }
      // Values are off by at most off / restart; one step of all that is left, which is added below, leaves 1 - restart of it.
      left_ = (1 - restart_) * off / restart_;
      if (left_ <= error_ || length == 0) break;
      double const keep = smaller / size;
      for (index_t x = 0; x != nodes(); ++x)
        direction_[x] = static_cast<float>(rest_[x] + keep * static_cast<double>(direction_[x]));
      size = smaller;
    }
    for (index_t x = 0; x != nodes(); ++x) value_[x] += degree(x) * (density_[x] + rest_[x]);
  }

  // The sum of the direction over the neighbors of x. Two sums, for additions wait for each other; and nobody for the partner
  // of the last of an odd number, for whether there is one cannot be guessed.
  [[nodiscard]] double direction_around(index_t x) const noexcept {
    std::span<index_t const> const list = around_[x];
    float const* const direction = direction_.data();
    double a = 0, b = 0;
    std::size_t k = 0;
    for (; k + 2 <= list.size(); k += 2) {
      a += static_cast<double>(direction[list[k]]);
      b += static_cast<double>(direction[list[k + 1]]);
    }
    return a + (b + static_cast<double>(direction[list.size() % 2 == 1 ? list.back() : nodes()]));
  }

  knowledge_graph const* graph_;
  double restart_;
  double error_;
  double volume_ = 0;  // the sum of all degrees
  std::vector<std::span<index_t const>> around_;
  std::vector<double> value_;
  std::vector<double> rest_, next_, density_;  // density: value by degree
  std::vector<float> direction_;
  std::vector<index_t> here_, there_;
  std::uint32_t sweeps_ = 0;
  double left_ = 0;
};

KINDRED_END
