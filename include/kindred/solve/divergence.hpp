// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

KINDRED_BEGIN

namespace detail {

[[nodiscard]] inline error diverged(std::uint32_t epoch) noexcept {
  return error(error_kind::numeric).at(epoch) << "training diverged in epoch " << epoch;
}
inline constexpr char const* against_divergence = "; a smaller learning rate or a stronger regularizer keeps it finite";

}  // namespace detail

// How a training that runs away ends: error{numeric}, with the epoch, counted from one, in the sentence and in row().
[[noreturn]] inline void raise_diverged(std::uint32_t epoch) {
  raise(detail::diverged(epoch) << detail::against_divergence);
}

// The same, with the step at which it was first seen: a rating, a choice, an example.
[[noreturn]] inline void raise_diverged(std::uint32_t epoch, index_t user, index_t item, char const* what = "rating") {
  raise(detail::diverged(epoch) << ", at the " << what << " of user " << user << " and item " << item
                                << detail::against_divergence);
}
[[noreturn]] inline void raise_diverged_at_example(std::uint32_t epoch, index_t row) {
  raise(detail::diverged(epoch) << ", at the example in row " << row << detail::against_divergence);
}

// The same, of numbers that the last steps left too large: losses are taken before a step and do not tell of it.
[[noreturn]] inline void raise_left_large(std::uint32_t epoch, index_t user, index_t item) {
  raise(detail::diverged(epoch) << ", which left the largest numbers with user " << user << " and item " << item
                                << detail::against_divergence);
}
[[noreturn]] inline void raise_left_large(std::uint32_t epoch, index_t column) {
  raise(detail::diverged(epoch) << ", which left the largest numbers with column " << column
                                << detail::against_divergence);
}

// How a training without a learning rate ends whose numbers are too large for their type, with the sweep, counted from one, and the
// user and the item that have the largest; or with the user, or the item, whose step was the first that gave no finite number.
[[noreturn]] inline void raise_overflow(char const* recipe, std::uint32_t sweep, index_t user, index_t item) {
  raise(error(error_kind::numeric).at(sweep)
        << recipe << ": values of this size overflow in sweep " << sweep << ", in which user " << user << " and item "
        << item << " have the largest numbers; divide them all by one number");
}
[[noreturn]] inline void raise_overflow(char const* recipe, std::uint32_t sweep, char const* whose, index_t id) {
  raise(error(error_kind::numeric).at(sweep)
        << recipe << ": values of this size overflow in sweep " << sweep << ", first at " << whose << ' ' << id
        << "; divide them all by one number");
}

// The largest magnitude among numbers, infinity when one of them is not finite. Solvers bound with it what their model can
// say: losses are taken before a step, so the last steps of a fit are never seen in them.
template <real T>
[[nodiscard]] double largest_magnitude(std::span<T const> values) noexcept {
  double largest = 0;
  for (T const& v : values) {
    if (!is_finite(v)) return std::numeric_limits<double>::infinity();
    double const magnitude = static_cast<double>(v < 0 ? -v : v);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

// The first k below `count` whose magnitude, as of(k) tells it, is not finite, else the largest; 0 when there is none.
template <class Of>
[[nodiscard]] index_t largest_of(index_t count, Of const& of) {
  index_t best = 0;
  double largest = 0;
  for (index_t k = 0; k != count; ++k) {
    double const magnitude = of(k);
    if (!is_finite(magnitude)) return k;
    if (magnitude > largest) {
      largest = magnitude;
      best = k;
    }
  }
  return best;
}

KINDRED_END
