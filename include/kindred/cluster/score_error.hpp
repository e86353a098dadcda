// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cmath>
#include <limits>

KINDRED_BEGIN

namespace detail {

// The squared distance between a row and a center, known up to rounding, and the error that it may have.
//
// Scores are inner products of at most `dims` rounded steps: their error is at most dims x epsilon times the lengths. The
// bounds of the accelerated rules are true distances with this error added on the safe side, and a row is left alone only
// when even the errors could not change which computed score is lowest. So every rule gives the assignments of `lloyd`.
template <real T>
struct score_error {
  T factor;
  T longest;

  score_error(index_t dims, T longest_center) noexcept
      : factor(static_cast<T>(dims + 16) * std::numeric_limits<T>::epsilon()), longest(longest_center) {}

  [[nodiscard]] T of(T squared_length) const noexcept {
    return factor * (std::sqrt(squared_length) * longest + longest * longest + squared_length);
  }
};

template <real T>
inline constexpr T up = T{1} + 4 * std::numeric_limits<T>::epsilon();
template <real T>
inline constexpr T down = T{1} - 4 * std::numeric_limits<T>::epsilon();

// Whether a center at least `low` away surely scores worse than one at most `high` away.
template <real T>
[[nodiscard]] bool parted(T high, T low, T error) noexcept {
  return low > high && (low - high) * (low + high) * down<T> > 4 * error;
}

// The distance to a center of this score is at most, and at least, this.
template <real T>
[[nodiscard]] T upper_of(T score, T squared_length, T error) noexcept {
  T const squared = squared_length + 2 * score + 2 * error;
  return squared > 0 ? std::sqrt(squared) * up<T> : T{0};
}
template <real T>
[[nodiscard]] T lower_of(T score, T squared_length, T error) noexcept {
  constexpr T most_far = (std::numeric_limits<T>::max)() / 16;
  T const squared = squared_length + 2 * (score < most_far ? score : most_far) - 2 * error;
  return squared > 0 ? std::sqrt(squared) * down<T> : T{0};
}

}  // namespace detail

KINDRED_END
