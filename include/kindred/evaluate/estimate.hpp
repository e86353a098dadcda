// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstddef>

KINDRED_BEGIN

// A figure, and how sure it is: were other users of the same kind drawn, it would lie between `low` and `high` about `level`
// of the time.
struct estimate {
  double value = 0;  // of the data as they are
  double low = 0;
  double high = 0;
  double deviation = 0;  // standard error: the standard deviation of the figure over resamples
  double level = 0.95;
  std::size_t count = 0;  // of users that were drawn from

  [[nodiscard]] bool includes(double x) const noexcept { return low <= x && x <= high; }

  // The estimate of f of the figure, for f that ascends: the root of a mean squared error. The deviation is carried over by the
  // slope between the ends.
  template <class F>
  [[nodiscard]] estimate mapped(F const& f) const {
    double const a = f(low), b = f(high);
    return {f(value), a, b, high > low ? deviation * (b - a) / (high - low) : 0, level, count};
  }
};

KINDRED_END
