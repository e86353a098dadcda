// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/graph/rule_features.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What to learn from: questions whose answer is known, each with the evidence for that answer and for some that are wrong.
// Candidate 0 of a lesson is the right one.
struct rule_lessons {
  struct candidate {
    rule_features::row features;
    float log_weight;     // a candidate that stands for many like it counts as many
    std::uint32_t first;  // of its path rules in `fired`
  };
  std::vector<std::uint32_t> begin{0};  // by lesson, in `candidates`
  std::vector<candidate> candidates;
  std::vector<std::uint32_t> fired;  // number of rule x buckets + bucket

  [[nodiscard]] std::size_t size() const noexcept { return begin.size() - 1; }
  [[nodiscard]] std::span<std::uint32_t const> rules_of(std::size_t c) const noexcept {
    std::size_t const last = c + 1 == candidates.size() ? fired.size() : candidates[c + 1].first;
    return std::span<std::uint32_t const>(fired).subspan(candidates[c].first, last - candidates[c].first);
  }
};

}  // namespace detail

KINDRED_END
