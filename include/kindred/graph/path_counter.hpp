// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/rule_limits.hpp>
#include <kindred/graph/support_table.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Counts, for one first step, all bodies of one and two steps that begin with it: exactly, over every pair of nodes that they
// join and every fact that relates such a pair.
//
// A body and the same body walked backwards join the same pairs; only the one of them that is not larger is counted, and the
// rules of the other follow. That halves the work: the sum over all nodes of their squared degrees.
class path_counter {
public:
  path_counter(knowledge_graph const& graph, rule_limits const& limits)
      : graph_(graph),
        limits_(limits),
        seen_(graph.node_count()),
        chain_(graph.step_count()),
        pairs_(graph.step_count()) {}

  void count(index_t first, std::vector<path_rule>& found) {
    for (index_t x = 0; x != graph_.node_count(); ++x) {
      node_row const from = graph_.row(x);
      std::size_t const k = from.steps().find(first);
      if (k == from.size()) continue;
      link(from);
      if (!is_against(step_id{first})) one_step(x, from.nodes(k));
      if (limits_.longest > 1) two_steps(first, x, from.nodes(k));
      unlink(from);
    }
    std::size_t const old = found.size();
    support_.drain(
        [&](index_t second, index_t head, auto const& support) { keep(first, second, head, support, found); });
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(old), found.end(),
              [](path_rule const& a, path_rule const& b) { return a.order(b) < 0; });
    for (auto& p : pairs_) p = {};
    pairs_of_one_ = 0;
  }

private:
  static constexpr index_t none = index_limit;

  struct mark {
    std::uint32_t paths = 0;
    std::uint32_t link = 0;  // one more than the place in links_ of the first fact that relates x to this node
  };
  struct relation_link {
    index_t head;
    std::uint32_t next;
  };
  struct segment {
    std::span<index_t const> nodes;
    index_t via;
    std::uint32_t next;
  };

  void link(node_row const& from) {
    links_.clear();
    for (std::size_t k = 0; k != from.size(); ++k)
      for (index_t const y : from.nodes(k)) {
        links_.push_back({from.step(k), seen_[y].link});
        seen_[y].link = static_cast<std::uint32_t>(links_.size());
      }
  }
  void unlink(node_row const& from) {
    for (std::size_t k = 0; k != from.size(); ++k)
      for (index_t const y : from.nodes(k)) seen_[y].link = 0;
  }
  void credit(index_t second, std::uint32_t link, std::size_t bucket) {
    for (; link != 0; link = links_[link - 1].next) support_.add(second, links_[link - 1].head, bucket);
  }

  void one_step(index_t x, std::span<index_t const> nodes) {
    for (index_t const y : nodes) {
      if (y == x) continue;
      ++pairs_of_one_;
      credit(none, seen_[y].link, 0);
    }
  }

  void two_steps(index_t first, index_t x, std::span<index_t const> nodes) {
    segments_.clear();
    steps_.clear();
    for (index_t const a : nodes) {
      if (a == x) continue;
      node_row const on = graph_.row(a);
      if (on.degree() > limits_.hub_degree) continue;
      for (std::size_t k = 0; k != on.size(); ++k) {
        index_t const second = on.step(k);
        if ((second ^ 1u) < first) continue;
        if (chain_[second] == 0) steps_.push_back(second);
        segments_.push_back({on.nodes(k), a, chain_[second]});
        chain_[second] = static_cast<std::uint32_t>(segments_.size());
      }
    }
    for (index_t const second : steps_) {
      if (segments_[chain_[second] - 1].next == 0) count_alone(second, x, segments_[chain_[second] - 1]);
      else count_together(second, x, chain_[second]);
      chain_[second] = 0;
    }
  }

  void count_alone(index_t second, index_t x, segment const& s) {
    std::uint32_t pairs = 0;
    for (index_t const y : s.nodes) {
      if (y == x || y == s.via) continue;
      ++pairs;
      if (seen_[y].link != 0) credit(second, seen_[y].link, 0);
    }
    pairs_[second][0] += pairs;
  }

  void count_together(index_t second, index_t x, std::uint32_t chain) {
    reached_.clear();
    for (; chain != 0; chain = segments_[chain - 1].next) {
      segment const& s = segments_[chain - 1];
      for (index_t const y : s.nodes) {
        if (y == x || y == s.via) continue;
        if (seen_[y].paths++ == 0) reached_.push_back(y);
      }
    }
    auto& pairs = pairs_[second];
    for (index_t const y : reached_) {
      mark& m = seen_[y];
      std::size_t const bucket = rule_counts::bucket_of(m.paths);
      m.paths = 0;
      ++pairs[bucket];
      if (m.link != 0) credit(second, m.link, bucket);
    }
  }

  void keep(index_t first, index_t second, index_t head, std::array<std::uint32_t, rule_counts::buckets> const& support,
            std::vector<path_rule>& found) const {
    path_rule rule{step_id{head}, 1, {step_id{first}}, {{}, support}};
    if (second == none) {
      if (head == first) return;  // the fact itself
      rule.counts.predicted[0] = pairs_of_one_;
    } else {
      rule.length = 2;
      rule.body[1] = step_id{second};
      rule.counts.predicted = pairs_[second];
    }
    auto const right = static_cast<double>(rule.counts.all_support());
    if (right < limits_.min_support ||
        right < limits_.min_confidence * (static_cast<double>(rule.counts.all_predicted()) + 5))
      return;
    found.push_back(rule);
    path_rule const other = rule.from_the_end();
    if (other.body != rule.body) found.push_back(other);
  }

  knowledge_graph const& graph_;
  rule_limits const& limits_;
  std::vector<mark> seen_;            // by node
  std::vector<std::uint32_t> chain_;  // by second step, one more than the place of its last segment; zero: none
  std::vector<std::array<std::uint32_t, rule_counts::buckets>> pairs_;  // by second step
  std::uint32_t pairs_of_one_ = 0;
  std::vector<relation_link> links_;
  std::vector<segment> segments_;
  std::vector<index_t> steps_;
  std::vector<index_t> reached_;
  support_table support_;
};

}  // namespace detail

KINDRED_END
