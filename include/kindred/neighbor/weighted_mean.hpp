// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>

KINDRED_BEGIN

// The mean of the votes, each counting as much as its voter is near: sum of w v / (damping + sum of w).
//
// Damping, zero or more, is the weight of one more voter who sees no deviation at all. It holds back what few or distant
// voters say: without it a single enthusiast lifts an obscure item above everything, which errors hardly show and
// recommendations do.
struct weighted_mean {
  double damping = 1;

  template <real T>
  struct sums {
    T votes = 0;
    T weights = 0;
    constexpr void add(T weight, T value) noexcept {
      votes += weight * value;
      weights += weight;
    }
  };

  template <real T>
  [[nodiscard]] constexpr T finish(sums<T> const& all) const noexcept {
    return all.weights > 0 ? all.votes / (all.weights + static_cast<T>(damping)) : T{0};
  }
  template <real T>
  [[nodiscard]] constexpr T share(sums<T> const& all, T weight, T value) const noexcept {
    return weight * value / (all.weights + static_cast<T>(damping));
  }

  static constexpr stored_format format{"weighted_mean", 1};
  static void fields(auto& self, auto& visit) { visit("damping", self.damping); }
  void restore() const { check(); }

  void check() const { check_not_negative("weighted_mean: damping", damping); }

  friend bool operator==(weighted_mean const&, weighted_mean const&) = default;
};

KINDRED_END
