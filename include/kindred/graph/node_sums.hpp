// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Sums by node, of which few are asked for: what was touched is found again by one mark for 64 nodes, which costs less than
// asking of every addition whether it is the first.
class node_sums {
public:
  void start(std::size_t nodes) {
    if (sum_.size() >= nodes) return;
    sum_.resize((nodes + 63) / 64 * 64, untouched);
    touched_.resize(sum_.size() / 64);
  }

  // Adds worth(j) to the j-th of a list.
  template <class Worth>
  void add(std::span<index_t const> list, Worth const& worth) noexcept {
    double* const sum = sum_.data();
    auto* const touched = touched_.data();
    for (std::size_t j = 0; j != list.size(); ++j) {
      sum[list[j]] += worth(j);
      touched[list[j] / 64] = 1;
    }
  }

  // Calls visit(node, sum) for every node that something was added to, ascending, and forgets them.
  template <class Visit>
  void drain(Visit const& visit) {
    for (std::size_t b = 0; b != touched_.size(); ++b) {
      if (touched_[b] == 0) continue;
      touched_[b] = 0;
      for (std::size_t x = 64 * b; x != 64 * b + 64; ++x) {
        if (std::bit_cast<std::uint64_t>(sum_[x]) == std::bit_cast<std::uint64_t>(untouched)) continue;
        visit(static_cast<index_t>(x), sum_[x]);
        sum_[x] = untouched;
      }
    }
  }

private:
  static constexpr double untouched = -0.0;  // which no sum of positive numbers is

  std::vector<double> sum_;
  std::vector<std::uint16_t> touched_;  // by 64 nodes; no bytes, which might alias everything
};

}  // namespace detail

KINDRED_END
