// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

// Says which items are drawn to be ranked below the one that a user chose.
//
// weight(item, chosen_by) is how often an item is drawn relative to others: finite and not negative; chosen_by is how many users
// chose it. What the user chose is never drawn for this user. Three optional members:
//
//   s.allows(user, item)   false keeps an item from this user: what was out of stock, what they could not have seen
//   s.tries()              draw so many, and take the one that scores highest ("hardest")
//   S::even                true when all weights are the same, so that no table of them is built
template <class S>
concept negative_sampler = std::copyable<S> && requires(S const& s, item_id item, std::size_t chosen_by) {
  { s.weight(item, chosen_by) } noexcept -> std::same_as<double>;
};

// All items alike.
struct uniform_negatives {
  static constexpr bool even = true;
  [[nodiscard]] static constexpr double weight(item_id, std::size_t) noexcept { return 1; }
};

// In proportion to popularity^power: 1 as often as they were chosen, 0.75 as word2vec, 0 all alike. Popular items that a user did
// not choose are likelier known and disliked than others; what is learned favors them less.
struct popular_negatives {
  double power = 0.75;
  [[nodiscard]] double weight(item_id, std::size_t chosen_by) const noexcept {
    return std::pow(static_cast<double>(chosen_by), power);
  }
  void check() const {
    if (!is_finite(power) || power < -4 || power > 4)
      raise(error(error_kind::setting) << "popular_negatives: power = " << power << "; it has to be from -4 to 4");
  }
};

// The one of `draws` others that scores highest now: it is told apart least, so it teaches most (Zhang, Chen, Wang and Yu,
// "Optimizing top-n collaborative filtering via dynamic negative item sampling", 2013). A few draws are enough; with many, items
// that the user would like are met too often.
template <negative_sampler Base = uniform_negatives>
struct hardest_of {
  static constexpr bool even = requires { requires Base::even; };

  std::uint32_t draws = 4;
  Base base = {};

  [[nodiscard]] constexpr std::uint32_t tries() const noexcept { return draws; }
  [[nodiscard]] double weight(item_id item, std::size_t chosen_by) const noexcept {
    return base.weight(item, chosen_by);
  }
  [[nodiscard]] bool allows(user_id user, item_id item) const noexcept
    requires requires { base.allows(user, item); }
  {
    return base.allows(user, item);
  }
  void check() const {
    if (draws == 0 || draws > 4096)
      raise(error(error_kind::setting) << "hardest_of: draws = " << draws << "; it goes from 1 to 4096");
    check_settings(base);
  }
};

KINDRED_END
