// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// The median of the votes: the least value such that voters of at least half of all nearness say no more.
//
// Of voters who say the same, the one who is closest decides. It minimizes the weighted sum of absolute errors, as the mean
// does that of squares: a few voters who are far out move it little. Votes are seen at once, so that at most `block` of
// them may be cast. O(n log n) for n votes.
struct weighted_median {
  template <real T>
  [[nodiscard]] T operator()(std::span<T const> weight, std::span<T const> value) const noexcept {
    return value[decisive(weight, value)];
  }

  // The vote that decides has all of it.
  template <real T>
  void shares(std::span<T const> weight, std::span<T const> value, std::span<T> out) const noexcept {
    std::fill(out.begin(), out.end(), T{0});
    std::size_t const k = decisive(weight, value);
    out[k] = value[k];
  }

  static constexpr stored_format format{"weighted_median", 1};
  static void fields(auto&, auto&) noexcept {}

  friend bool operator==(weighted_median const&, weighted_median const&) = default;

private:
  template <real T>
  [[nodiscard]] static std::size_t decisive(std::span<T const> weight, std::span<T const> value) noexcept {
    std::array<std::uint16_t, block> order;
    std::size_t const size = value.size();
    double all = 0;
    for (std::size_t k = 0; k != size; ++k) {
      order[k] = static_cast<std::uint16_t>(k);
      all += static_cast<double>(weight[k]);
    }
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(size),
              [&](std::uint16_t a, std::uint16_t b) { return value[a] != value[b] ? value[a] < value[b] : a < b; });
    double sum = 0;
    for (std::size_t k = 0; k + 1 < size; ++k) {
      sum += static_cast<double>(weight[order[k]]);
      if (2 * sum >= all) return order[k];
    }
    return order[size - 1];
  }
};

KINDRED_END
