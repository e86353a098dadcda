// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Puts the scores of a model on a scale that those of others are on too: a function that does not decrease, fitted once to a sample
// of the model's scores, so that the pointwise law holds (a scale of the items at hand would depend on them).
//
// S::of(sorted) makes one of at least one ascending, finite scores; s(score) is finite for every finite score.
template <class S, class T>
concept score_scale = std::copyable<S> && requires(S const& s, T score, std::span<T const> sorted) {
  { s(score) } noexcept -> std::same_as<T>;
  { S::of(sorted) } -> std::same_as<S>;
};

// The sample's lowest score becomes 0, its highest 1; others go on beyond. All the same: 0.
template <real T>
struct min_max_scale {
  T lowest = 0;
  T factor = 1;

  [[nodiscard]] static min_max_scale of(std::span<T const> sorted) noexcept {
    T const width = sorted.back() - sorted.front();
    return {sorted.front(), width > 0 && is_finite(T{1} / width) ? T{1} / width : T{0}};
  }
  [[nodiscard]] T operator()(T score) const noexcept { return (score - lowest) * factor; }

  static constexpr stored_format format{"min_max_scale", 1};
  static void fields(auto& self, auto& visit) {
    visit("lowest", self.lowest);
    visit("factor", self.factor);
  }
  void restore() const {
    check_stored(is_finite(lowest) && is_finite(factor) && factor >= 0,
                 "min_max_scale: finite numbers, the factor not negative");
  }
};

// Standard deviations above the sample's mean. All the same: 0.
template <real T>
struct z_scale {
  T mean = 0;
  T factor = 1;

  [[nodiscard]] static z_scale of(std::span<T const> sorted) noexcept {
    double sum = 0, squares = 0;
    for (T const x : sorted) sum += static_cast<double>(x);
    double const mean = sum / static_cast<double>(sorted.size());
    for (T const x : sorted) squares += (static_cast<double>(x) - mean) * (static_cast<double>(x) - mean);
    auto const by = static_cast<T>(1 / std::sqrt(squares / static_cast<double>(sorted.size())));
    return {static_cast<T>(mean), squares > 0 && is_finite(by) ? by : T{0}};
  }
  [[nodiscard]] T operator()(T score) const noexcept { return (score - mean) * factor; }

  static constexpr stored_format format{"z_scale", 1};
  static void fields(auto& self, auto& visit) {
    visit("mean", self.mean);
    visit("factor", self.factor);
  }
  void restore() const {
    check_stored(is_finite(mean) && is_finite(factor) && factor >= 0,
                 "z_scale: finite numbers, the factor not negative");
  }
};

// Which share of the sample a score is above, in [0, 1]: what is left of scores when only their order counts. Linear between 129
// quantiles, so close scores stay apart; scores beyond the sample are 0 or 1.
template <real T>
struct rank_scale {
  static constexpr std::size_t steps = 128;
  std::array<T, steps + 1> quantile{};

  static constexpr stored_format format{"rank_scale", 1};
  static void fields(auto& self, auto& visit) { visit("quantiles", self.quantile); }
  void restore() const {
    check_stored_numbers(quantile, "rank_scale");
    check_stored(std::is_sorted(quantile.begin(), quantile.end()), "rank_scale: quantiles ascend");
  }

  [[nodiscard]] static rank_scale of(std::span<T const> sorted) noexcept {
    rank_scale out;
    for (std::size_t q = 0; q <= steps; ++q) out.quantile[q] = sorted[(sorted.size() - 1) * q / steps];
    return out;
  }
  [[nodiscard]] T operator()(T score) const noexcept {
    auto const above = std::upper_bound(quantile.begin(), quantile.end(), score);
    if (above == quantile.begin()) return T{0};
    if (above == quantile.end()) return T{1};
    T const low = above[-1];
    auto const below = static_cast<T>(above - quantile.begin() - 1);
    return (below + (score - low) / (*above - low)) / static_cast<T>(steps);
  }
};

// Which scores a scale is fitted to: those that so many users give so many items, drawn among those with ratings.
struct score_sample {
  std::uint32_t users = 256;
  std::uint32_t items = 256;
  std::uint64_t seed = 0;
};

// Fits a scale to a model: fit_scale<z_scale>(taste, ratings). A model without scores (no data) gets the scale of one 0.
template <template <class> class Scale, scorer S>
[[nodiscard]] Scale<value_t<S>> fit_scale(S const& model, ratings<value_t<S>> const& data,
                                          score_sample const& how = {}) {
  using T = value_t<S>;
  auto const drawn = [&](auto id, index_t count, std::uint32_t most, std::uint64_t stream) {
    std::vector<decltype(id)> out;
    for (index_t k = 0; k != count; ++k)
      if (!data.of(decltype(id){k}).empty()) out.push_back(decltype(id){k});
    random_stream random(mix(how.seed, stream), 0);
    shuffle(random, std::span<decltype(id)>(out));
    if (out.size() > most) out.resize(most);
    return out;
  };
  auto const users = drawn(user_id{}, data.user_count(), how.users, 1);
  auto const items = drawn(item_id{}, data.item_count(), how.items, 2);
  std::vector<T> score(users.size() * items.size());
  for (std::size_t u = 0; u != users.size(); ++u)
    for (std::size_t from = 0; from < items.size(); from += block) {
      std::size_t const count = (std::min)(block, items.size() - from);
      model.score(users[u], std::span<item_id const>(items).subspan(from, count),
                  std::span<T>(score).subspan(u * items.size() + from, count));
    }
  if (score.empty()) score.push_back(T{0});
  std::sort(score.begin(), score.end());
  return Scale<T>::of(std::span<T const>(score));
}

KINDRED_END
