// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>

KINDRED_BEGIN

// The sum of the votes, each times how near its voter is, and times `scale`.
//
// Where many voices agree the sum is larger, while a mean would be the same: good for ranking, and on the scale of ratings
// only when the similarities themselves are interpolation weights.
struct weighted_sum {
  double scale = 1;

  template <real T>
  struct sums {
    T votes = 0;
    constexpr void add(T weight, T value) noexcept { votes += weight * value; }
  };

  template <real T>
  [[nodiscard]] constexpr T finish(sums<T> const& all) const noexcept {
    return all.votes * static_cast<T>(scale);
  }
  template <real T>
  [[nodiscard]] constexpr T share(sums<T> const&, T weight, T value) const noexcept {
    return weight * value * static_cast<T>(scale);
  }

  static constexpr stored_format format{"weighted_sum", 1};
  static void fields(auto& self, auto& visit) { visit("scale", self.scale); }
  void restore() const { check(); }

  void check() const { check_not_negative("weighted_sum: scale", scale); }

  friend bool operator==(weighted_sum const&, weighted_sum const&) = default;
};

KINDRED_END
