// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/solve/ranking_loss.hpp>

#include <cstdint>
#include <span>

KINDRED_BEGIN

// Any ranking loss, of cosines instead of inner products.
template <class Loss>
struct of_cosines {
  static constexpr bool on_cosines = true;

  Loss loss = {};

  [[nodiscard]] constexpr std::uint32_t negatives() const noexcept { return loss.negatives(); }
  template <real T>
    requires ranking_loss<Loss, T>
  [[nodiscard]] ranking_terms<T> terms(ranking_case<T> const& seen, std::span<T> slope) const noexcept {
    return loss.terms(seen, slope);
  }
  template <real T>
  [[nodiscard]] bool enough(T positive, T negative) const noexcept
    requires requires { loss.enough(positive, negative); }
  {
    return loss.enough(positive, negative);
  }
  void check() const { check_settings(loss); }
};

KINDRED_END
