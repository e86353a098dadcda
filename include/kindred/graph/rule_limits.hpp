// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/graph/path_rule.hpp>

#include <cstdint>

KINDRED_BEGIN

// Which rules are worth keeping, and how far mining goes. Bounds are of work and of counts, never of time: the same rules come
// out on every machine.
struct rule_limits {
  std::uint32_t longest = 2;      // steps of a body, 1 or 2, all of which are counted
  std::uint32_t min_support = 2;  // facts that a path rule has to explain
  double min_confidence = 0.001;  // support / (predicted + 5), of a path rule
  std::uint32_t min_overlap = 3;  // nodes that two sides of a rule with constants have to share; 0: no such rules
  double min_constant = 0.01;     // shared / (nodes of the body + 5), of a rule with constants
  std::uint32_t hub_degree =
      20'000;  // nodes with more facts are not walked through: work is at most facts x hub_degree

  static void fields(auto& self, auto& visit) {
    visit("longest", self.longest);
    visit("min_support", self.min_support);
    visit("min_confidence", self.min_confidence);
    visit("min_overlap", self.min_overlap);
    visit("min_constant", self.min_constant);
    visit("hub_degree", self.hub_degree);
  }

  void check() const {
    if (longest < 1 || longest > 2)
      raise(error(error_kind::setting) << "rule_limits: longest = " << longest
                                       << "; all bodies of 1 or 2 steps can be counted");
    check_not_negative("rule_limits: min_confidence", min_confidence);
    check_not_negative("rule_limits: min_constant", min_constant);
  }
};

KINDRED_END
