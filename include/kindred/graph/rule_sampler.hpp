// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/body_search.hpp>
#include <kindred/graph/body_tally.hpp>
#include <kindred/graph/body_walk.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/met_nodes.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/rule_limits.hpp>
#include <kindred/graph/rule_reach.hpp>
#include <kindred/graph/rule_set.hpp>
#include <kindred/graph/step_sources.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Finds rules of three and four steps, one relation after the other: bodies by a search between the nodes of sampled facts, their
// counts by walking from sampled nodes. What is drawn depends on the seed, the relation and the first step alone.
class rule_sampler {
public:
  rule_sampler(knowledge_graph const& graph, rule_limits const& limits, step_sources const& sources,
               rule_set const& known)
      : graph_(graph),
        limits_(limits),
        how_(limits.sampling),
        sources_(sources),
        search_(graph, limits),
        walk_(graph, limits.hub_degree, limits.most_paths),
        known_(known),
        reach_(graph, known, limits) {}

  void mine(relation_id relation, std::vector<path_rule>& found) {
    std::uint64_t const work =
        how_.work / graph_.relation_count() + std::uint64_t{how_.fact_work} * graph_.statistics(relation).facts;
    look(along(relation), work / 2);
    std::vector<path_rule> bodies = most_telling(along(relation));
    if (bodies.empty()) return;
    paths_each_ = work / 4 / bodies.size();
    std::vector<path_rule> mirrored;
    for (path_rule const& r : bodies) mirrored.push_back(r.from_the_end());
    count(bodies);
    keep(bodies, found);
    count(mirrored);
    for (auto& [x, y] : looked_) std::swap(x, y);
    keep(mirrored, found);
  }

private:
  void look(step_id head, std::uint64_t work) {
    facts_.clear();
    looked_.clear();
    for (index_t const x : sources_.of(to_index(head)))
      for (index_t const y : graph_.row(x).of(head).node)
        if (y != x) facts_.push_back({x, y});
    random_stream random(how_.seed, to_index(head));
    order_.begin(facts_.size());
    std::uint64_t spent = 0;
    for (std::uint32_t k = 0; spent < work && !order_.done(); ++k) {
      auto const [x, y] = facts_[order_.next(random)];
      looked_.push_back({x, y});
      spent += search_.look(x, y, k, random, tally_);
    }
  }

  // The bodies that single out facts best, of those seen with more than one if that many are asked for.
  [[nodiscard]] std::vector<path_rule> most_telling(step_id head) {
    struct scored {
      std::uint64_t telling;
      path_rule rule;
    };
    std::vector<scored> all;
    tally_.drain([&](body_tally::entry const& e) {
      if (e.facts >= (std::min)(how_.min_support, 2u)) all.push_back({e.telling, {head, e.length, e.steps, {}}});
    });
    std::size_t const most = (std::min)(all.size(), std::size_t{how_.bodies});
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most), all.end(),
                      [](scored const& a, scored const& b) {
                        return a.telling != b.telling ? a.telling > b.telling : a.rule.order(b.rule) < 0;
                      });
    std::vector<path_rule> bodies;
    for (std::size_t k = 0; k != most; ++k) bodies.push_back(all[k].rule);
    return bodies;
  }

  // Counts bodies, all of one head, from a sample of the nodes that they can begin at: from more of these where few paths lead on
  // from each. A body that explained nothing by a quarter of its work is counted no further.
  void count(std::vector<path_rule>& bodies) {
    std::sort(bodies.begin(), bodies.end(), [](path_rule const& a, path_rule const& b) { return a.order(b) < 0; });
    for (std::size_t k = 0, last = 0; k != bodies.size(); k = last) {
      step_id const first = bodies[k].body[0], head = bodies[k].head;
      while (last != bodies.size() && bodies[last].body[0] == first) ++last;
      auto const from = sources_.of(to_index(first));
      random_stream random(how_.seed, mix(to_index(first), 1));
      order_.begin(from.size());
      left_.clear();
      for (std::size_t r = k; r != last; ++r) left_.push_back({static_cast<std::uint32_t>(r), 0});
      while (!left_.empty() && !order_.done()) {
        index_t const x = from[order_.next(random)];
        facts_of_x_.start(graph_.node_count());
        for (index_t const y : graph_.row(x).of(head).node) facts_of_x_.add(y);
        walk_.begin(x, head, index_limit);
        for (counting& c : left_) {
          rule_counts& counts = bodies[c.body].counts;
          std::uint64_t all = 1;
          bool const heard = walk_(bodies[c.body], [&](index_t y, std::uint32_t paths) {
            std::size_t const b = rule_counts::bucket_of(paths);
            ++counts.predicted[b];
            counts.support[b] += facts_of_x_.has(y);
            all += paths;
          });
          c.spent += heard ? all : limits_.most_paths;
        }
        std::erase_if(left_, [&](counting const& c) {
          return c.spent >= paths_each_ || (c.spent >= paths_each_ / 4 && bodies[c.body].counts.all_support() == 0);
        });
      }
    }
  }

  // Of bodies that were counted, all of one head, the surest rules.
  void keep(std::vector<path_rule>& bodies, std::vector<path_rule>& found) {
    std::erase_if(bodies, [&](path_rule const& r) {
      return r.counts.all_support() < how_.min_support || r.sureness() < how_.min_confidence;
    });
    std::sort(bodies.begin(), bodies.end(), [](path_rule const& a, path_rule const& b) {
      return a.sureness() != b.sureness() ? a.sureness() > b.sureness() : a.order(b) < 0;
    });
    if (!limits_.redundant && !bodies.empty()) drop_contained(bodies);
    found.insert(found.end(), bodies.begin(), bodies.end());
  }

  // Removes the rules that, of the facts looked at, join none but those that a shorter rule joins and is as sure of.
  void drop_contained(std::vector<path_rule>& rules) {
    std::sort(rules.begin(), rules.end(), [](path_rule const& a, path_rule const& b) { return a.order(b) < 0; });
    std::vector<std::uint8_t> joins(rules.size()), needed(rules.size());
    step_id const head = rules[0].head;
    std::size_t const few = (std::min)(looked_.size(), std::size_t{50});
    for (std::size_t n = 0; n != few; ++n) {
      index_t const x = looked_[n].first, y = looked_[n].second;
      walk_.begin(x, head, index_limit);
      joined_.clear();
      std::array<double, path_rule::longest + 1> surest{};  // of rules of so many steps
      for (std::uint32_t r = 0; r != rules.size(); ++r)
        walk_(rules[r], [&](index_t z, std::uint32_t) {
          if (z != y) return;
          joined_.push_back(r);
          joins[r] = 1;
          surest[rules[r].length] = (std::max)(surest[rules[r].length], rules[r].sureness());
        });
      if (std::ranges::all_of(joined_, [&](std::uint32_t r) { return needed[r] != 0; })) continue;
      reach_.each_short_path(x, head, [&](std::size_t rule, index_t z, std::uint32_t) {
        if (z == y) surest[2] = (std::max)(surest[2], known_.paths()[rule].sureness());
      });
      for (std::uint32_t const r : joined_) {
        double const shorter = rules[r].length == 3 ? surest[2] : (std::max)(surest[2], surest[3]);
        if (rules[r].sureness() > shorter) needed[r] = 1;
      }
    }
    std::size_t kept = 0;
    for (std::size_t r = 0; r != rules.size(); ++r)
      if (joins[r] == 0 || needed[r] != 0) rules[kept++] = rules[r];
    rules.resize(kept);
  }

  struct counting {
    std::uint32_t body;
    std::uint64_t spent;  // paths, and one for every node
  };

  knowledge_graph const& graph_;
  rule_limits const& limits_;
  rule_sampling const& how_;
  step_sources const& sources_;
  body_search search_;
  body_tally tally_;
  body_walk walk_;
  rule_set const& known_;
  rule_reach reach_;
  std::vector<std::pair<index_t, index_t>> facts_, looked_;
  std::vector<std::uint32_t> joined_;
  std::vector<counting> left_;
  std::uint64_t paths_each_ = 0;  // that a body is counted along, from either end
  random_order order_;
  met_nodes facts_of_x_;  // of the node that bodies are counted from
};

}  // namespace detail

KINDRED_END
