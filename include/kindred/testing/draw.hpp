// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/run/random.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing::detail {

// What a stream of random numbers is for. With it in the key, user 17 draws taste and friends from different streams,
// and a new purpose moves nothing that was there.
enum class purpose : std::uint64_t {
  person = 1,
  brand,
  style,
  product,
  facts,
  friends,
  visits,
  visit,
  impressions,
  user,
  item,
  rating
};

// The stream of one entity for one purpose. What it gives depends on the three alone: user 17 is the same person
// whatever the number of others.
[[nodiscard]] inline random_stream stream_of(std::uint64_t seed, purpose p, std::uint64_t entity) noexcept {
  return {mix(seed, static_cast<std::uint64_t>(p)), entity};
}

[[nodiscard]] inline bool chance(random_stream& random, double probability) noexcept {
  return unit(random) < probability;
}

[[nodiscard]] inline double logistic(double x) noexcept { return 1 / (1 + std::exp(-x)); }

// A whole number with this mean, on one side or the other of it.
[[nodiscard]] inline std::uint32_t about(random_stream& random, double mean) noexcept {
  return static_cast<std::uint32_t>(mean + unit(random));
}

// One element of a list, each alike.
template <class V, std::size_t Size>
[[nodiscard]] V const& one_of(random_stream& random, std::array<V, Size> const& list) noexcept {
  return list[below(random, static_cast<std::uint32_t>(Size))];
}

// Draws k with probability weight[k] / sum of weights, in O(1), from one random number (Walker, 1977; Vose, 1991).
// Weights are finite, not negative and not all zero; when they are, empty() says so and nothing may be drawn.
class alias_table {
public:
  alias_table() = default;
  explicit alias_table(std::span<double const> weight) {
    double sum = 0;
    for (double const w : weight) sum += w;
    if (!(sum > 0)) return;
    std::vector<double> height(weight.size());
    std::vector<index_t> low, high;
    for (std::size_t k = 0; k != weight.size(); ++k) {
      height[k] = weight[k] / sum * static_cast<double>(weight.size());
      (height[k] < 1 ? low : high).push_back(static_cast<index_t>(k));
    }
    column_.resize(weight.size());
    for (std::size_t k = 0; k != weight.size(); ++k) column_[k] = {full, static_cast<index_t>(k)};
    while (!low.empty() && !high.empty()) {  // fill up a low column with part of a high one
      index_t const l = low.back(), h = high.back();
      low.pop_back();
      column_[l] = {static_cast<std::uint32_t>(height[l] * full), h};
      height[h] -= 1 - height[l];
      if (height[h] < 1) {
        high.pop_back();
        low.push_back(h);
      }
    }
  }

  [[nodiscard]] bool empty() const noexcept { return column_.empty(); }

  [[nodiscard]] index_t draw(random_stream& random) const noexcept {
    std::uint64_t const bits = random();
    auto const k = static_cast<std::size_t>((bits >> 32) * column_.size() >> 32);
    return static_cast<std::uint32_t>(bits) < column_[k].own ? static_cast<index_t>(k) : column_[k].other;
  }

private:
  static constexpr std::uint32_t full = ~std::uint32_t{0};
  struct column {
    std::uint32_t own;  // the column's share of itself, in units of 2^-32
    index_t other;
  };
  std::vector<column> column_;
};

}  // namespace testing::detail

KINDRED_END
