// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/graph/path_rule.hpp>

#include <cstdint>

KINDRED_BEGIN

// How rules of three and four steps are looked for: far too many bodies are possible to count them all. A budget of work is dealt
// out to the relations, half of it to find bodies and half to count them; more of it finds more rules and counts them better.
struct rule_sampling {
  std::uint64_t work = 30'000'000;  // steps, dealt out evenly to the relations,
  std::uint32_t fact_work = 150;    // and as many more to each for every fact that it has
  std::uint32_t steps = 2000;       // that are looked at for one fact at most
  std::uint32_t bodies = 100;       // of every head, that are counted: those whose paths single the facts out best
  std::uint32_t min_support = 2;    // facts that a rule has to explain, of those counted
  double min_confidence = 0.001;
  std::uint64_t seed = 0;

  static constexpr std::uint64_t most_work = 1'000'000'000'000'000;

  static void fields(auto& self, auto& visit) {
    visit("work", self.work);
    visit("fact_work", self.fact_work);
    visit("steps", self.steps);
    visit("bodies", self.bodies);
    visit("min_support", self.min_support);
    visit("min_confidence", self.min_confidence);
    visit("seed", self.seed);
  }
};

// Which rules are worth keeping, and how far mining goes. Bounds are of work and of counts, never of time: the same rules come
// out on every machine.
struct rule_limits {
  std::uint32_t longest = 3;      // steps of a body: all of 1 and 2 are counted, those of 3 and 4 are sampled
  std::uint32_t min_support = 2;  // facts that a path rule has to explain
  double min_confidence = 0.001;  // support / (predicted + 5), of a path rule
  std::uint32_t min_overlap = 3;  // nodes that two sides of a rule with constants have to share; 0: no such rules
  double min_constant = 0.01;     // shared / (nodes of the body + 5), of a rule with constants
  std::uint32_t hub_degree =
      20'000;  // nodes with more facts are not walked through: work is at most facts x hub_degree
  std::uint32_t most_paths =
      100;                 // a body of 3 or 4 steps says nothing where more paths than these lead on from a node
  bool redundant = false;  // whether rules stay that say nothing which a more general one does not say as surely
  rule_sampling sampling{};

  static void fields(auto& self, auto& visit) {
    visit("longest", self.longest);
    visit("min_support", self.min_support);
    visit("min_confidence", self.min_confidence);
    visit("min_overlap", self.min_overlap);
    visit("min_constant", self.min_constant);
    visit("hub_degree", self.hub_degree);
    visit("most_paths", self.most_paths);
    visit("redundant", self.redundant);
    visit("sampling", self.sampling);
  }

  void check() const {
    if (longest < 1 || longest > path_rule::longest)
      raise(error(error_kind::setting) << "rule_limits: longest = " << longest << "; a body has 1 to 4 steps");
    check_not_negative("rule_limits: min_confidence", min_confidence);
    check_not_negative("rule_limits: min_constant", min_constant);
    check_not_negative("rule_sampling: min_confidence", sampling.min_confidence);
    if (sampling.work > rule_sampling::most_work)
      raise(error(error_kind::setting) << "rule_sampling: work = " << sampling.work << "; it has to be "
                                       << rule_sampling::most_work << " at most");
  }
};

KINDRED_END
