// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstdint>
#include <limits>
#include <span>

KINDRED_BEGIN

// How a training that runs away ends: error{numeric}, with the epoch, counted from one, in the sentence and in row().
[[noreturn]] inline void raise_diverged(std::uint32_t epoch) {
  raise(error(error_kind::numeric).at(epoch) << "training diverged in epoch " << epoch
                                             << "; a smaller learning rate or a stronger regularizer keeps it finite");
}

// The same, with the rating at which it was first seen.
[[noreturn]] inline void raise_diverged(std::uint32_t epoch, index_t user, index_t item) {
  raise(error(error_kind::numeric).at(epoch)
        << "training diverged in epoch " << epoch << ", at the rating of user " << user << " and item " << item
        << "; a smaller learning rate or a stronger regularizer keeps it finite");
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

KINDRED_END
