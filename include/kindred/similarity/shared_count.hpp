// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <concepts>
#include <type_traits>

KINDRED_BEGIN

// The sums of a similarity that asks of the shared columns only how many there are: Jaccard, Dice, lift.
struct shared_count {
  index_t count = 0;
  constexpr void add(double, double) noexcept { ++count; }
};

// Sums that know how many columns were added.
template <class Sums>
concept counts_shared = requires(Sums const& acc) {
  { acc.count } -> std::convertible_to<index_t>;
};

// Other sums, and how many columns were added to them.
template <class Sums>
struct counted_sums {
  index_t count = 0;
  Sums rest = {};
  constexpr void add(double a, double b) noexcept {
    ++count;
    rest.add(a, b);
  }
};

// Sums with a count: as they are if they have one, else with one beside them.
template <class Sums>
using with_count = std::conditional_t<counts_shared<Sums>, Sums, counted_sums<Sums>>;

// What was given to with_count.
template <class Sums>
[[nodiscard]] constexpr Sums const& without_count(with_count<Sums> const& acc) noexcept {
  if constexpr (counts_shared<Sums>) return acc;
  else return acc.rest;
}

KINDRED_END
