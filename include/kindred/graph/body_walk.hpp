// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/triple.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Walks bodies of any length from one node, path by path, and counts the paths to every node reached.
//
// What a body of three or four steps can reach has no bound but this: where the paths of its first steps, or of all, are more
// than `most` in number, it says nothing about the node at all. That bounds the work at `most` paths a step and keeps what is
// said exact. Bodies that begin alike, asked one after the other, share the paths of their beginning.
//
// Holds the scratch of one thread, 4 bytes a node; does not own the graph.
class body_walk {
public:
  body_walk(knowledge_graph const& graph, std::uint32_t hub_degree, std::uint32_t most)
      : graph_(&graph), hub_degree_(hub_degree), most_(most) {}

  // From now on from x, as if no step of `head` led from it to `hidden`; index_limit hides nothing.
  void begin(index_t x, step_id head, index_t hidden) {
    counts_.resize(graph_->node_count());
    x_ = x;
    head_ = head;
    hidden_ = hidden;
    known_ = 0;
  }

  // Calls visit(y, paths) for every node that the body of the rule leads to, in the order in which they were reached; false,
  // and no call, where it is too many paths.
  template <class Visit>
  bool operator()(path_rule const& rule, Visit const& visit) {
    std::size_t same = 0;
    while (same != known_ && same + 1 < rule.length && body_[same] == rule.body[same]) ++same;
    for (known_ = same; known_ + 1 < rule.length; ++known_) {
      body_[known_] = rule.body[known_];
      lead_on(known_);
    }
    if (known_ != 0 && too_far_[known_ - 1]) return false;
    return arrive(rule.length - 1, rule.body[rule.length - 1], visit);
  }

private:
  struct stop {
    index_t node;
    std::uint32_t before;  // its place on the level before
  };

  // Whether a path to a node of level `depth` - 1, at `place`, is still without y.
  [[nodiscard]] bool is_new(std::size_t depth, std::uint32_t place, index_t y) const noexcept {
    if (y == x_) return false;
    for (; depth != 0; --depth) {
      stop const& s = level_[depth - 1][place];
      if (s.node == y) return false;
      place = s.before;
    }
    return true;
  }

  // Whether a list is too many paths by itself: without x, the nodes of the path so far and one that is hidden.
  [[nodiscard]] bool is_too_long(std::size_t depth, std::span<index_t const> nodes) const noexcept {
    return nodes.size() > depth + 2 && nodes.size() - (depth + 2) > most_;
  }

  // Calls visit(place, nodes) for the nodes behind every path of level `depth` - 1, where step `s` leads on; until it says that these
  // are too many.
  template <class Visit>
  bool behind(std::size_t depth, step_id s, Visit const& visit) const {
    auto const look = [&](std::uint32_t place, std::span<index_t const> nodes) {
      return !is_too_long(depth, nodes) && visit(place, nodes);
    };
    if (depth == 0) return look(0, graph_->row(x_).of(s).node);
    auto const& from = level_[depth - 1];
    for (std::uint32_t p = 0; p != from.size(); ++p) {
      node_row const row = graph_->row(from[p].node);
      if (row.degree() > hub_degree_) continue;
      if (auto const nodes = row.of(s).node; !nodes.empty() && !look(p, nodes)) return false;
    }
    return true;
  }

  void lead_on(std::size_t depth) {
    auto& to = level_[depth];
    to.clear();
    too_far_[depth] = depth != 0 && too_far_[depth - 1];
    if (too_far_[depth]) return;
    too_far_[depth] = !behind(depth, body_[depth], [&](std::uint32_t place, std::span<index_t const> nodes) {
      for (index_t const y : nodes) {
        if (depth == 0 && y == hidden_ && body_[0] == head_) continue;
        if (is_new(depth, place, y)) to.push_back({y, place});
      }
      return to.size() <= most_;
    });
  }

  template <class Visit>
  bool arrive(std::size_t depth, step_id last, Visit const& visit) {
    reached_.clear();
    std::size_t paths = 0;
    bool const all = behind(depth, last, [&](std::uint32_t place, std::span<index_t const> nodes) {
      for (index_t const y : nodes) {
        if (depth == 0 && y == hidden_ && last == head_) continue;
        if (!is_new(depth, place, y)) continue;
        ++paths;
        if (counts_[y]++ == 0) reached_.push_back(y);
      }
      return paths <= most_;
    });
    for (index_t const y : reached_) {
      std::uint32_t const count = counts_[y];
      counts_[y] = 0;
      if (all) visit(y, count);
    }
    return all;
  }

  knowledge_graph const* graph_;
  std::uint32_t hub_degree_, most_;
  index_t x_ = 0;
  step_id head_{};
  index_t hidden_ = index_limit;
  std::size_t known_ = 0;  // steps of body_ whose level is there
  std::array<step_id, path_rule::longest> body_{};
  std::array<std::vector<stop>, path_rule::longest> level_;
  std::array<bool, path_rule::longest> too_far_{};
  std::vector<std::uint32_t> counts_;  // by node
  std::vector<index_t> reached_;
};

}  // namespace detail

KINDRED_END
