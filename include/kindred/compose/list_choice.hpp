// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/scorer.hpp>

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// How alike two items are: 1 for the same, 0 for nothing in common, the same both ways.
template <class A, class T>
concept item_alikeness = std::movable<A> && requires(A const& a, item_id i, item_id j) {
  { a(i, j) } noexcept -> std::convertible_to<T>;
};

// Picks a list from a pool: pool[picked[0]] first, and so on. relevance is in [0, 1], one number an item of the pool, highest first.
// At least as many items as are picked, at most 256.
template <class C, class T>
concept list_choice = std::copyable<C> && requires(C const& c, std::span<scored_item<T> const> pool,
                                                   std::span<T const> relevance, std::span<std::uint32_t> picked) {
  {
    c.pick(pool, relevance, [](item_id, item_id) noexcept { return T{0}; }, picked)
  } noexcept -> std::same_as<void>;
};

namespace detail {

inline void check_share(char const* name, double lambda) {
  if (!(lambda >= 0 && lambda <= 1))
    raise(error(error_kind::setting) << name << ": lambda = " << lambda
                                     << "; it goes from 0 (relevance) to 1 (variety)");
}

// Picks the items with the highest gain(k), one after another, ties by place; took(k) hears what was picked.
template <class Gain, class Took>
void pick_greedily(std::size_t pool, std::span<std::uint32_t> picked, Gain const& gain, Took const& took) noexcept {
  std::array<bool, block> gone{};
  for (std::uint32_t& next : picked) {
    std::size_t best = pool;
    auto highest = gain(std::size_t{0});
    for (std::size_t k = 0; k != pool; ++k) {
      if (gone[k]) continue;
      auto const g = gain(k);
      if (best != pool && !(g > highest)) continue;
      best = k;
      highest = g;
    }
    gone[best] = true;
    next = static_cast<std::uint32_t>(best);
    took(best);
  }
}

}  // namespace detail

// Maximal marginal relevance (Carbonell and Goldstein, 1998): next comes the item with the highest
//
//   (1 - lambda) relevance - lambda x (how alike it is to the most alike of those picked)
//
// pool x list calls of the alikeness.
struct mmr {
  double lambda = 0.3;

  template <real T, item_alikeness<T> A>
  void pick(std::span<scored_item<T> const> pool, std::span<T const> relevance, A const& alike,
            std::span<std::uint32_t> picked) const noexcept {
    std::array<T, block> closest{};
    bool first = true;
    T const variety = static_cast<T>(lambda);
    detail::pick_greedily(
        pool.size(), picked,
        [&](std::size_t k) { return (T{1} - variety) * relevance[k] - (first ? T{0} : variety * closest[k]); },
        [&](std::size_t last) {
          for (std::size_t k = 0; k != pool.size(); ++k) {
            T const a = static_cast<T>(alike(pool[k].item, pool[last].item));
            closest[k] = first || a > closest[k] ? a : closest[k];
          }
          first = false;
        });
  }
  void check() const { detail::check_share("mmr", lambda); }

  static constexpr stored_format format{"mmr", 1};
  static void fields(auto& self, auto& visit) { visit("lambda", self.lambda); }
};

// A determinantal point process: the list that maximizes, greedily,
//
//   (1 - lambda) sum of relevances + lambda log det of the matrix of how alike its items are
//
// by the fast algorithm of Chen, Zhang and Zhou ("Fast greedy MAP inference for determinantal point process to improve
// recommendation diversity", 2018): the determinant looks at all items of the list together, not at the most alike pair. The
// matrix should have no negative eigenvalue, as cosines do; items that are combinations of those picked come last. For lists
// of up to 64 items; what is beyond comes by relevance. pool x list^2 / 2 multiplications.
struct dpp {
  static constexpr std::size_t longest = 64;
  double lambda = 0.3;

  template <real T, item_alikeness<T> A>
  void pick(std::span<scored_item<T> const> pool, std::span<T const> relevance, A const& alike,
            std::span<std::uint32_t> picked) const noexcept {
    std::array<std::array<T, longest>, block> part;  // of every item's row of the Cholesky factor
    std::array<T, block> left;                       // of its squared length
    for (std::size_t k = 0; k != pool.size(); ++k) left[k] = T{1};
    std::size_t rank = 0;
    T const variety = static_cast<T>(lambda), least = static_cast<T>(1e-6);
    detail::pick_greedily(
        pool.size(), picked,
        [&](std::size_t k) {
          T const gain = std::log(left[k] > least ? left[k] : least);
          return (T{1} - variety) * relevance[k] + variety * gain;
        },
        [&](std::size_t last) {
          if (rank == longest || !(left[last] > least)) return;
          T const length = std::sqrt(left[last]);
          for (std::size_t k = 0; k != pool.size(); ++k) {
            T sum = static_cast<T>(alike(pool[k].item, pool[last].item));
            for (std::size_t r = 0; r != rank; ++r) sum -= part[k][r] * part[last][r];
            T const e = k == last ? length : sum / length;
            part[k][rank] = e;
            left[k] -= e * e;
          }
          ++rank;
        });
  }
  void check() const { detail::check_share("dpp", lambda); }

  static constexpr stored_format format{"dpp", 1};
  static void fields(auto& self, auto& visit) { visit("lambda", self.lambda); }
};

KINDRED_END
