// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/list_overlaps.hpp>
#include <kindred/graph/path_counter.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/posting_index.hpp>
#include <kindred/graph/rule_limits.hpp>
#include <kindred/graph/rule_sampler.hpp>
#include <kindred/graph/step_sources.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/executor.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// The regularities of a graph, with how often each held: path rules, ordered (path_rule::order), every one told from both ends;
// and rules with constants, as overlaps of lists.
class rule_set {
public:
  rule_set() = default;
  rule_set(std::vector<path_rule> paths, posting_index lists, list_overlaps overlaps, index_t steps)
      : path_(std::move(paths)),
        lists_(std::move(lists)),
        overlaps_(std::move(overlaps)),
        first_(std::size_t{steps} + 1) {
    std::sort(path_.begin(), path_.end(), [](path_rule const& a, path_rule const& b) { return a.order(b) < 0; });
    for (path_rule const& r : path_) ++first_[to_index(r.head) + 1];
    for (std::size_t k = 1; k != first_.size(); ++k) first_[k] += first_[k - 1];
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
  std::vector<path_rule> path_;
  posting_index lists_;
  list_overlaps overlaps_;
  std::vector<std::size_t> first_;
};

// Finds the rules of a graph. Those of one and two steps, and those with constants, are all counted: their numbers are exact,
// nothing is sampled. Of the longer ones, if limits.longest asks for any, those are found that paths between the nodes of sampled
// facts obey, and their numbers are those from sampled nodes: small ones, from which a smoothing concludes as little as from any
// few cases. The same rules come out on any number of threads. Throws error{setting} for limits out of their range.
//
// Work is the sum over all nodes of degree squared (a few 10^8 steps for 300 000 facts, a second or two), and never more than
// facts x limits.hub_degree; for longer rules it is, by relation, sampling.facts x sampling.steps steps to find bodies, and
// sampling.bodies x sampling.nodes x limits.most_paths to count them. Memory is what the rules take, and one counter a node and
// list on every thread.
//
// Longer rules: Meilicke, Chekol, Ruffinelli and Stuckenschmidt, "Anytime bottom-up rule learning for knowledge graph completion"
// (2019), but searched from both ends of a fact, and with a budget of work for a clock.
template <executor E = sequential>
[[nodiscard]] rule_set mine_rules(knowledge_graph const& graph, rule_limits const& limits = {}, E&& ex = {}) {
  limits.check();
  // First steps differ in what they cost; dealing them out in turn evens that out, and a task reuses its counters.
  std::size_t const steps = graph.step_count();
  std::size_t const tasks = (std::min)(steps, std::size_t{32});
  std::vector<std::vector<path_rule>> found(tasks);
  ex.bulk(tasks, [&](std::size_t t) {
    detail::path_counter counter(graph, limits);
    for (std::size_t s = t; s < steps; s += tasks) counter.count(static_cast<index_t>(s), found[t]);
  });
  std::vector<path_rule> all;
  for (auto& part : found) {
    all.insert(all.end(), part.begin(), part.end());
    part = {};
  }
  if (limits.longest > 2) {
    detail::step_sources const sources(graph);
    std::size_t const relations = graph.relation_count();
    found.assign((std::min)(relations, tasks), {});
    ex.bulk(found.size(), [&](std::size_t t) {
      detail::rule_sampler sampler(graph, limits, sources);
      for (std::size_t r = t; r < relations; r += found.size())
        sampler.mine(relation_id{static_cast<index_t>(r)}, found[t]);
    });
    for (auto const& part : found) all.insert(all.end(), part.begin(), part.end());
  }
  posting_index lists(graph);
  list_overlaps overlaps(graph, lists, limits, ex);
  return {std::move(all), std::move(lists), std::move(overlaps), graph.step_count()};
}

KINDRED_END
