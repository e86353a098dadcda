// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>

KINDRED_BEGIN

// How much of each thing that a user rated goes into their profile: positive for what they like, negative for what they do
// not.
//
// weigh(said, overall, out) gets all ratings of one user and the mean of everybody's, and writes a weight for each;
// said.size() == out.size(). It depends on nothing else, so that a profile changes when its user says something and stays
// otherwise. Only the proportions of the weights matter, unless the user has stated wishes.
template <class L, class T>
concept liking = std::copyable<L> && requires(L const& l, std::span<T const> said, T overall, std::span<T> out) {
  { l.weigh(said, overall, out) } noexcept;
};

// The rating itself: for purchases, clicks and counts, and for stars as well. What people choose to rate says more of their
// taste than what they say of it, and this is what finds most of what they will rate, even of what they will rate highly.
struct as_given {
  static constexpr stored_format format{"as_given", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  template <real T>
  void weigh(std::span<T const> said, T, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != said.size(); ++k) out[k] = said[k];
  }
};

// How far a rating is above the user's own mean, which is held to `neutral` as if by `damping` ratings more - or somebody who
// gave five stars to all they rated would like nothing. Looks for what they praise, not for what they would pick up.
// damping >= 0.
struct above_own_mean {
  double damping = 1;
  std::optional<double> neutral = {};  // the mean of all ratings, unless stated

  static constexpr stored_format format{"above_own_mean", 1};
  static void fields(auto& self, auto& visit) {
    visit("damping", self.damping);
    visit("neutral", self.neutral);
  }
  void restore() const { check(); }

  template <real T>
  void weigh(std::span<T const> said, T overall, std::span<T> out) const noexcept {
    auto const count = static_cast<double>(said.size()) + damping;
    double mean = damping / count * neutral.value_or(static_cast<double>(overall));
    for (T const one : said) mean += static_cast<double>(one) / count;
    for (std::size_t k = 0; k != said.size(); ++k) out[k] = static_cast<T>(static_cast<double>(said[k]) - mean);
  }

  void check() const {
    check_not_negative("above_own_mean: damping", damping);
    if (neutral && !is_finite(*neutral))
      raise(error(error_kind::setting) << "above_own_mean: neutral = " << *neutral << "; it has to be a finite number");
  }
};

KINDRED_END
