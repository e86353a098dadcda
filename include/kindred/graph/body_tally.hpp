// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/random.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace detail {

// How much paths of which body speak for facts, by open addressing: of all bodies that could be, few occur.
class body_tally {
public:
  using body = std::array<step_id, path_rule::longest>;

  struct entry {
    body steps{};
    std::uint32_t length = 0;     // zero: nobody is here
    std::uint32_t facts = 0;      // that paths of the body join
    std::uint32_t last_fact = 0;  // one more than its number
    std::uint64_t telling = 0;    // in 2^-30: sums of whole numbers do not depend on their order
  };

  body_tally() : slot_(1024) {}

  // One path more, between the nodes of fact number `fact`; facts come one after the other.
  void add(body const& steps, std::uint32_t length, std::uint32_t fact, double telling) {
    if (used_ * 2 > slot_.size()) grow();
    entry& e = find(steps, length);
    e.telling += 1 + static_cast<std::uint64_t>(telling * 0x1p30);
    if (e.last_fact != fact + 1) ++e.facts;
    e.last_fact = fact + 1;
  }

  // Calls visit(entry) for every body, in no order to rely on, and forgets them.
  template <class Visit>
  void drain(Visit const& visit) {
    for (entry& e : slot_) {
      if (e.length == 0) continue;
      visit(static_cast<entry const&>(e));
      e = {};
    }
    used_ = 0;
  }

private:
  [[nodiscard]] entry& find(body const& steps, std::uint32_t length) noexcept {
    std::size_t const mask = slot_.size() - 1;
    std::uint64_t const low = std::uint64_t{to_index(steps[0])} << 32 | to_index(steps[1]);
    std::uint64_t const high = std::uint64_t{to_index(steps[2])} << 32 | to_index(steps[3]);
    std::size_t at = static_cast<std::size_t>(mix(low, high)) & mask;
    while (slot_[at].length != length || slot_[at].steps != steps) {
      if (slot_[at].length == 0) {
        slot_[at].steps = steps;
        slot_[at].length = length;
        ++used_;
        break;
      }
      at = (at + 1) & mask;
    }
    return slot_[at];
  }

  void grow() {
    std::vector<entry> old(slot_.size() * 2);
    old.swap(slot_);
    used_ = 0;
    for (entry const& e : old)
      if (e.length != 0) find(e.steps, e.length) = e;
  }

  std::vector<entry> slot_;
  std::size_t used_ = 0;
};

}  // namespace detail

KINDRED_END
