// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>

#include <cmath>

KINDRED_BEGIN

// How sure a rule is that was right `support` times of the `predicted` times that it spoke. A smoothing is such a function, in
// [0, 1) and total: a rule that was right three times of three is not yet certain. Yours is any struct with this operator.

// support / (predicted + unseen): as if it had been wrong `unseen` times more (Meilicke et al., AnyBURL, 2019).
struct laplace {
  double unseen = 5;

  [[nodiscard]] double operator()(double support, double predicted) const noexcept {
    double const all = predicted + unseen;
    return all > 0 ? support / all : 0;
  }
  void check() const { check_not_negative("laplace: unseen", unseen); }

  static constexpr stored_format format{"laplace", 1};
  static void fields(auto& self, auto& visit) { visit("unseen", self.unseen); }
  void restore() const { check(); }
};

// The lower end of Wilson's interval (1927): what the confidence is at least, z standard deviations below what was seen.
struct wilson_lower {
  double z = 1.96;

  [[nodiscard]] double operator()(double support, double predicted) const noexcept {
    if (!(predicted > 0)) return 0;
    double const p = support / predicted, zz = z * z;
    double const middle = p + zz / (2 * predicted);
    double const spread = z * std::sqrt((p * (1 - p) + zz / (4 * predicted)) / predicted);
    double const low = (middle - spread) / (1 + zz / predicted);
    return low > 0 ? low : 0;
  }
  void check() const { check_not_negative("wilson_lower: z", z); }

  static constexpr stored_format format{"wilson_lower", 1};
  static void fields(auto& self, auto& visit) { visit("z", self.z); }
  void restore() const { check(); }
};

KINDRED_END
