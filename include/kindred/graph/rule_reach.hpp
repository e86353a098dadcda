// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/body_walk.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/list_overlaps.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/posting_index.hpp>
#include <kindred/graph/rule_features.hpp>
#include <kindred/graph/rule_limits.hpp>
#include <kindred/graph/rule_set.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Applies all rules of one head to one node: what a node reaches, by which rule, over how many paths.
//
// Rules that begin alike are walked together, and rules with constants are looked up from the facts of the node: a rule that
// says nothing about the node costs nothing. Holds the scratch of one thread, 4 bytes a node; does not own graph and rules.
class rule_reach {
public:
  rule_reach(knowledge_graph const& graph, rule_set const& rules, rule_limits const& limits)
      : graph_(&graph),
        rules_(&rules),
        hub_degree_(limits.hub_degree),
        paths_(graph.node_count()),
        walk_(graph, limits.hub_degree, limits.most_paths) {}

  // From now on, as if the asked node were not related to this one by the head: for learning from a fact, which must not be part
  // of what it is learned from. posting_index::none hides nothing.
  void hide(index_t answer) noexcept { hidden_ = answer; }

  // Calls visit(rule, y, paths) for every path rule of the head, by its number in rules.paths(), and every node that its body
  // joins x to; a rule's nodes come together.
  template <class Visit>
  void each_path(index_t x, step_id head, Visit const& visit) {
    each_short_path(x, head, visit);
    each_long_path(x, head, visit);
  }
  // The same for rules of one and two steps alone, and for the longer ones.
  template <class Visit>
  void each_short_path(index_t x, step_id head, Visit const& visit) {
    auto const rules = rules_->short_paths(head);
    std::size_t const base = rules_->first(head);
    paths_.resize(graph_->node_count());
    node_row const from = graph_->row(x);
    std::size_t k = 0;
    for (std::size_t r = 0; r != rules.size();) {
      std::size_t last = r;
      index_t const first = to_index(rules[r].body[0]);
      while (last != rules.size() && to_index(rules[last].body[0]) == first) ++last;
      while (k != from.size() && from.step(k) < first) ++k;
      if (k == from.size()) return;
      if (from.step(k) == first) {
        if (rules[r].length == 1) {
          for (index_t const y : from.nodes(k))
            if (y != x) visit(base + r, y, std::uint32_t{1});
          ++r;
        }
        two_steps(x, from.step(k) == to_index(head) ? hidden_ : none, from.nodes(k), rules.subspan(r, last - r),
                  base + r, visit);
      }
      r = last;
    }
  }
  template <class Visit>
  void each_long_path(index_t x, step_id head, Visit const& visit) {
    auto const rules = rules_->long_paths(head);
    if (rules.empty()) return;
    std::size_t const base = rules_->first(head) + rules_->short_paths(head).size();
    auto const steps = graph_->row(x).steps();
    walk_.begin(x, head, hidden_);
    for (std::size_t r = 0, k = 0; r != rules.size(); ++r) {
      while (k != steps.size() && steps[k] < to_index(rules[r].body[0])) ++k;
      if (k == steps.size()) return;
      if (steps[k] != to_index(rules[r].body[0])) continue;
      walk_(rules[r], [&](index_t y, std::uint32_t paths) { visit(base + r, y, paths); });
    }
  }

  // Calls visit(y, shared, length, family) for every rule with constants that speaks about the head from x to some y: of the
  // `length` nodes of the list that its body is about, `shared` obey it. By own facts x is one of them (r(x, y) <- b(x, d)); by
  // alike answers y is.
  template <class Visit>
  void each_constant(index_t x, step_id head, Visit const& visit) const {
    posting_index const& lists = rules_->lists();
    list_overlaps const& overlaps = rules_->overlaps();
    node_row const from = graph_->row(x);
    for (std::size_t k = 0; k != from.size(); ++k)
      for (index_t const d : from.nodes(k)) {
        index_t const via = lists.find(d, from.step(k) ^ 1u);
        if (via == none || (d == hidden_ && from.step(k) == to_index(head))) continue;
        for (auto const& e : overlaps.of(via, to_index(reversed(head)), lists))
          if (index_t const y = lists.node(e.list); y != x)
            visit(y, e.shared, lists.length(via), rule_family::own_facts);
      }
    index_t const asked = lists.find(x, to_index(head));
    if (asked == none) return;
    for (auto const& e : overlaps.of(asked)) {
      index_t const d = lists.node(e.list);
      std::span<index_t const> const holds = graph_->row(d).of(step_id{lists.step(e.list)}).node;
      std::uint32_t shared = e.shared;
      if (hidden_ != none && position_of(holds, hidden_) != holds.size()) --shared;
      for (index_t const y : holds)
        if (y != x) visit(y, shared, lists.length(e.list), rule_family::alike_answers);
    }
  }

private:
  static constexpr index_t none = posting_index::none;

  struct segment {
    std::span<index_t const> nodes;
    index_t via;
    std::uint32_t next;
  };

  // All rules of two steps that begin with the step that led from x to `nodes`; they ascend by their second step.
  template <class Visit>
  void two_steps(index_t x, index_t hidden, std::span<index_t const> nodes, std::span<path_rule const> rules,
                 std::size_t base, Visit const& visit) {
    if (rules.empty()) return;
    segments_.clear();
    chain_.assign(rules.size(), 0);
    for (index_t const a : nodes) {
      if (a == x || a == hidden) continue;
      node_row const on = graph_->row(a);
      if (on.degree() > hub_degree_) continue;
      std::size_t k = 0;
      for (std::size_t r = 0; r != rules.size(); ++r) {
        index_t const second = to_index(rules[r].body[1]);
        while (k != on.size() && on.step(k) < second) ++k;
        if (k == on.size()) break;
        if (on.step(k) != second) continue;
        segments_.push_back({on.nodes(k), a, chain_[r]});
        chain_[r] = static_cast<std::uint32_t>(segments_.size());
      }
    }
    for (std::size_t r = 0; r != rules.size(); ++r) {
      if (chain_[r] == 0) continue;
      reached_.clear();
      for (std::uint32_t at = chain_[r]; at != 0; at = segments_[at - 1].next) {
        segment const& s = segments_[at - 1];
        for (index_t const y : s.nodes) {
          if (y == x || y == s.via) continue;
          if (paths_[y]++ == 0) reached_.push_back(y);
        }
      }
      for (index_t const y : reached_) {
        std::uint32_t const count = paths_[y];
        paths_[y] = 0;
        visit(base + r, y, count);
      }
    }
  }

  knowledge_graph const* graph_;
  rule_set const* rules_;
  std::uint32_t hub_degree_;
  index_t hidden_ = none;
  std::vector<std::uint32_t> paths_;  // by node
  std::vector<std::uint32_t> chain_;  // by rule, one more than the place of its last segment
  std::vector<segment> segments_;
  std::vector<index_t> reached_;
  detail::body_walk walk_;
};

KINDRED_END
