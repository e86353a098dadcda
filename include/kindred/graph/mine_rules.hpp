// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/list_overlaps.hpp>
#include <kindred/graph/path_counter.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/posting_index.hpp>
#include <kindred/graph/rule_limits.hpp>
#include <kindred/graph/rule_sampler.hpp>
#include <kindred/graph/rule_set.hpp>
#include <kindred/graph/step_sources.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/executor.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Finds the rules of a graph. Those of one and two steps, and those with constants, are all counted: their numbers are exact,
// nothing is sampled. Of the longer ones, up to limits.longest, those are found that paths between the nodes of sampled
// facts obey, and their numbers are those from sampled nodes: small ones, from which a smoothing concludes as little as from any
// few cases. The same rules come out on any number of threads. Throws error{setting} for limits out of their range.
//
// Work is the sum over all nodes of degree squared (a few 10^8 steps for 300 000 facts, a second or two), and never more than
// facts x limits.hub_degree; for longer rules it is sampling.work steps and sampling.fact_work for every fact, about as much again,
// and for every relation what the redundant ones are told by. Memory is what the rules take, and one counter a node and list on
// every thread.
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
  posting_index lists(graph);
  list_overlaps overlaps(graph, lists, limits, ex);
  rule_set counted(std::move(all), std::move(lists), std::move(overlaps), graph.step_count());
  if (!limits.redundant) counted.drop_contained(graph, limits.hub_degree);
  if (limits.longest < 3) return counted;
  detail::step_sources const sources(graph);
  std::size_t const relations = graph.relation_count();
  found.assign((std::min)(relations, tasks), {});
  ex.bulk(found.size(), [&](std::size_t t) {
    detail::rule_sampler sampler(graph, limits, sources, counted);
    for (std::size_t r = t; r < relations; r += found.size())
      sampler.mine(relation_id{static_cast<index_t>(r)}, found[t]);
  });
  for (auto const& part : found) counted.add(part);
  return counted;
}

KINDRED_END
