// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/solve/ranking_loss.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Weighted approximate-rank pairwise loss (Weston, Bengio and Usunier, "WSABIE", 2011): others are drawn until one, after `tries`
// of them, scores above the chosen item less a margin. The earlier that happens, the more items are above: their number is about
// (catalog - 1) / tries, and what it costs is 1 + 1/2 + ... + 1/rank, which cares most for the top of the list:
//
//   H((catalog - 1) / tries) max(0, margin - positive + negative)
//
// divided by H(catalog - 1), so that it is at most the margin's violation and learning rates do not depend on the catalog.
// Nothing is learned from a case in which none of `most` others comes close.
struct warp_loss {
  std::uint32_t most = 30;
  double margin = 1;

  [[nodiscard]] constexpr std::uint32_t negatives() const noexcept { return most; }

  template <real T>
  [[nodiscard]] constexpr bool enough(T positive, T negative) const noexcept {
    return negative > positive - static_cast<T>(margin);
  }

  template <real T>
  [[nodiscard]] ranking_terms<T> terms(ranking_case<T> const& seen, std::span<T> slope) const noexcept {
    std::size_t const tries = seen.negative.size();
    for (std::size_t k = 0; k != tries; ++k) slope[k] = 0;
    T const short_of = static_cast<T>(margin) - seen.positive + seen.negative[tries - 1];
    if (!(short_of > 0)) return {T{0}, T{0}};
    double const others = seen.catalog > 1 ? seen.catalog - 1 : 1;
    double const rank = others / static_cast<double>(tries);
    T const weight = static_cast<T>(harmonic(rank < 1 ? 1 : std::floor(rank)) / harmonic(others));
    slope[tries - 1] = weight;
    return {weight * short_of, -weight};
  }
  void check() const { check_not_negative("warp_loss: margin", margin); }

private:
  // 1 + 1/2 + ... + 1/n: Euler's expansion, off by less than 1e-3 from n = 1 on.
  [[nodiscard]] static double harmonic(double n) noexcept {
    return std::log(n) + 0.57721566490153286 + 1 / (2 * n) - 1 / (12 * n * n);
  }
};

KINDRED_END
