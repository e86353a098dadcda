// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/path_rule.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Counters by bucket for pairs of a step and a head, by open addressing: the pairs that occur are few among those that could.
class support_table {
public:
  support_table() : slot_(1024) {}

  void add(index_t step, index_t head, std::size_t bucket) {
    if (used_ * 2 > slot_.size()) grow();
    ++find(std::uint64_t{step} << 32 | head).count[bucket];
  }

  // Calls visit(step, head, count) for every pair, in no order to rely on, and forgets them.
  template <class Visit>
  void drain(Visit const& visit) {
    for (entry& e : slot_) {
      if (e.key == nobody) continue;
      visit(static_cast<index_t>(e.key >> 32), static_cast<index_t>(e.key), e.count);
      e = {};
    }
    used_ = 0;
  }

private:
  static constexpr std::uint64_t nobody = ~std::uint64_t{0};

  struct entry {
    std::uint64_t key = nobody;
    std::array<std::uint32_t, rule_counts::buckets> count{};
  };

  [[nodiscard]] entry& find(std::uint64_t key) noexcept {
    std::size_t const mask = slot_.size() - 1;
    std::size_t at = static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> 24) & mask;
    while (slot_[at].key != key) {
      if (slot_[at].key == nobody) {
        slot_[at].key = key;
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
      if (e.key != nobody) find(e.key).count = e.count;
  }

  std::vector<entry> slot_;
  std::size_t used_ = 0;
};

}  // namespace detail

KINDRED_END
