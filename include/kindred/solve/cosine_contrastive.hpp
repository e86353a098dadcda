// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/solve/ranking_loss.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Cosine contrastive loss (Mao et al., "SimpleX", 2021, equation 1): the chosen item has to point where the user does, and of
// `drawn` others only those closer than a margin are pushed away:
//
//   (1 - positive) + weight / n sum over the n others of max(0, negative - margin)
//
// Scores are cosines. Easy others cost one inner product and no step, so hundreds can be drawn.
struct cosine_contrastive {
  static constexpr bool on_cosines = true;

  std::uint32_t drawn = 200;
  double margin = 0.8;
  double weight = 100;

  [[nodiscard]] constexpr std::uint32_t negatives() const noexcept { return drawn; }

  template <real T>
  [[nodiscard]] constexpr ranking_terms<T> terms(ranking_case<T> const& seen, std::span<T> slope) const noexcept {
    T const from = static_cast<T>(margin);
    T const each = static_cast<T>(weight) / static_cast<T>(seen.negative.size());
    ranking_terms<T> out{T{1} - seen.positive, T{-1}};
    for (std::size_t k = 0; k != seen.negative.size(); ++k) {
      T const over = seen.negative[k] - from;
      slope[k] = over > 0 ? each : T{0};
      out.value += over > 0 ? each * over : T{0};
    }
    return out;
  }
  void check() const {
    check_not_negative("cosine_contrastive: weight", weight);
    if (!(margin >= -1 && margin <= 1))
      raise(error(error_kind::setting) << "cosine_contrastive: margin = " << margin << "; cosines go from -1 to 1");
  }
};

KINDRED_END
