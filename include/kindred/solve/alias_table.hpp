// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Draws k with a probability in proportion to weight[k], in constant time whatever the number of weights (Walker, 1977; built by
// Vose's method, 1991). Weights are finite and not negative. Of weights that add up to nothing, all are drawn alike.
class alias_table {
public:
  alias_table() = default;

  // O(weights) time, 8 bytes a weight.
  explicit alias_table(std::span<double const> weight) : slot_(weight.size()) {
    std::size_t const n = weight.size();
    double sum = 0;
    for (double const w : weight) sum += w;
    if (!(sum > 0)) {
      for (std::size_t k = 0; k != n; ++k) slot_[k] = {always, static_cast<index_t>(k)};
      return;
    }
    std::vector<double> share(n);
    std::vector<index_t> little, plenty;
    for (std::size_t k = 0; k != n; ++k) {
      share[k] = weight[k] / sum * static_cast<double>(n);
      (share[k] < 1 ? little : plenty).push_back(static_cast<index_t>(k));
    }
    while (!little.empty() && !plenty.empty()) {
      index_t const lacks = little.back(), gives = plenty.back();
      little.pop_back();
      slot_[lacks] = {static_cast<std::uint32_t>(share[lacks] * 4294967295.0), gives};
      share[gives] -= 1 - share[lacks];
      if (share[gives] < 1) {
        plenty.pop_back();
        little.push_back(gives);
      }
    }
    for (index_t const k : little) slot_[k] = {always, k};  // one, up to rounding
    for (index_t const k : plenty) slot_[k] = {always, k};
  }

  [[nodiscard]] std::size_t size() const noexcept { return slot_.size(); }

  // A number below size(), which is not 0, out of 64 random bits.
  [[nodiscard]] index_t draw(std::uint64_t bits) const noexcept {
    auto const k = static_cast<std::size_t>((bits >> 32) * slot_.size() >> 32);
    return static_cast<std::uint32_t>(bits) <= slot_[k].own ? static_cast<index_t>(k) : slot_[k].other;
  }

private:
  static constexpr std::uint32_t always = 0xffff'ffffu;
  struct slot {
    std::uint32_t own;  // 32 random bits up to here stay
    index_t other;
  };
  std::vector<slot> slot_;
};

KINDRED_END
