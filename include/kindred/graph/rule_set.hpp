// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/list_overlaps.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/posting_index.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// The regularities of a graph, with how often each held: path rules, ordered (path_rule::order), those of one and two steps told
// from both ends; and rules with constants, as overlaps of lists.
class rule_set {
public:
  rule_set() = default;
  rule_set(std::vector<path_rule> paths, posting_index lists, list_overlaps overlaps, index_t steps)
      : path_(std::move(paths)),
        lists_(std::move(lists)),
        overlaps_(std::move(overlaps)),
        first_(std::size_t{steps} + 1) {
    arrange();
  }

  // Takes in more path rules, of the same steps. Their numbers, and those of the others, are new ones.
  void add(std::span<path_rule const> more) {
    path_.insert(path_.end(), more.begin(), more.end());
    arrange();
  }

  // Removes the rules with constants that are contained in a path rule which is as sure: r(x, c) <- b(x, d) says nothing of its own
  // where a step s leads from d to c and r(x, y) <- b(x, a), s(a, y) was right as often. Both rules that an overlap stands for have
  // to be contained, or it stays: as it does where the path would be none, for it visits a node twice or walks through a hub. O(overlaps
  // + those between neighbors x steps of a node x log rules).
  void drop_contained(knowledge_graph const& graph, std::uint32_t hub_degree) {
    std::vector<index_t> neighbor_of(graph.node_count(), index_limit);
    index_t marked = index_limit;
    overlaps_.drop([&](index_t list, list_overlaps::entry const& e) {
      index_t const c = lists_.node(list), d = lists_.node(e.list);
      if (marked != c) {
        for (index_t const z : graph.row(c).all_nodes()) neighbor_of[z] = c;
        marked = c;
      }
      if (neighbor_of[d] != c || d == c) return false;
      step_id const r = reversed(step_id{lists_.step(list)}), b = reversed(step_id{lists_.step(e.list)});
      double const to_c = e.shared / (lists_.length(e.list) + 5.0), to_d = e.shared / (lists_.length(list) + 5.0);
      node_row const from = graph.row(d);
      if (from.degree() > hub_degree || graph.row(c).degree() > hub_degree) return false;
      for (std::size_t k = 0; k != from.size(); ++k) {
        step_id const s{from.step(k)};
        if (position_of(from.nodes(k), c) == from.nodes(k).size()) continue;
        if (sureness(r, b, s) >= to_c && sureness(b, r, reversed(s)) >= to_d) return true;
      }
      return false;
    });
  }

  static constexpr stored_format format{"rule_set", 1};
  static void fields(auto& self, auto& visit) {
    visit("paths", self.path_);
    visit("first", self.first_);
    visit("lists", self.lists_);
    visit("overlaps", self.overlaps_);
  }
  void restore() const {
    check_stored_offsets(first_, path_.size(), "rule_set");
    check_stored(lists_.size() == overlaps_.lists(), "rule_set: overlaps of every list");
    for (std::size_t h = 0; h + 1 < first_.size(); ++h)
      for (std::size_t k = first_[h]; k != first_[h + 1]; ++k) {
        path_rule const& r = path_[k];
        check_stored(to_index(r.head) == h && r.length >= 1 && r.length <= path_rule::longest &&
                         (k == 0 || path_[k - 1].order(r) < 0),
                     "rule_set: rules of 1 to 4 steps, in order");
        for (std::size_t s = 0; s != r.length; ++s)
          check_stored(std::size_t{to_index(r.body[s])} + 1 < first_.size(), "rule_set: steps that there are");
        for (std::size_t b = 0; b != rule_counts::buckets; ++b)
          check_stored(r.counts.support[b] <= r.counts.predicted[b],
                       "rule_set: no rule is right more often than it spoke");
      }
  }

  [[nodiscard]] std::span<path_rule const> paths() const noexcept { return path_; }
  // The path rules of a head are number first(head) to first(head) + size - 1 of paths().
  [[nodiscard]] std::span<path_rule const> paths(step_id head) const noexcept {
    index_t const h = to_index(head);
    if (std::size_t{h} + 1 >= first_.size()) return {};
    return paths().subspan(first_[h], first_[h + 1] - first_[h]);
  }
  // Those of one and two steps; those of more, which follow them.
  [[nodiscard]] std::span<path_rule const> short_paths(step_id head) const noexcept {
    auto const all = paths(head);
    auto const end = std::partition_point(all.begin(), all.end(), [](path_rule const& r) { return !r.is_long(); });
    return {all.begin(), end};
  }
  [[nodiscard]] std::span<path_rule const> long_paths(step_id head) const noexcept {
    return paths(head).subspan(short_paths(head).size());
  }
  [[nodiscard]] std::size_t first(step_id head) const noexcept {
    return std::size_t{to_index(head)} + 1 >= first_.size() ? 0 : first_[to_index(head)];
  }
  [[nodiscard]] posting_index const& lists() const noexcept { return lists_; }
  [[nodiscard]] list_overlaps const& overlaps() const noexcept { return overlaps_; }

private:
  void arrange() {
    std::sort(path_.begin(), path_.end(), [](path_rule const& a, path_rule const& b) { return a.order(b) < 0; });
    first_.assign(first_.size(), 0);
    for (path_rule const& r : path_) ++first_[to_index(r.head) + 1];
    for (std::size_t k = 1; k != first_.size(); ++k) first_[k] += first_[k - 1];
  }
  // Of head(x, y) <- first(x, a), second(a, y); zero when it is no rule.
  [[nodiscard]] double sureness(step_id head, step_id first, step_id second) const noexcept {
    path_rule const looked{head, 2, {first, second}, {}};
    auto const all = short_paths(head);
    auto const at =
        std::partition_point(all.begin(), all.end(), [&](path_rule const& r) { return r.order(looked) < 0; });
    return at != all.end() && at->order(looked) == 0 ? at->sureness() : 0;
  }

  std::vector<path_rule> path_;
  posting_index lists_;
  list_overlaps overlaps_;
  std::vector<std::size_t> first_;
};

KINDRED_END
