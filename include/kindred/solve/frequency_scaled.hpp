// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/solve/regularizer.hpp>

#include <cmath>
#include <cstddef>

KINDRED_BEGIN

// A regularizer whose strength depends on how often a user or an item was met: strength x (n / typical)^-exponent for one
// with n ratings.
//
// Solvers pay penalties with every rating, so that all in all a row pays for its n ratings n^(1 - exponent): with 0 it is the
// weighted-lambda regularization of Zhou et al. (2008), as without this; with 1 every row pays once, as in probabilistic matrix
// factorization (Salakhutdinov and Mnih, 2008); 1/2 is between the two, as MyMediaLite's frequency regularization. `typical` is
// at how many ratings the strength is the base's own.
template <class Base = l2>
struct frequency_scaled : Base {
  double exponent = 0.5;  // in [0, 1]
  double typical = 100;

  [[nodiscard]] double scale(std::size_t count) const noexcept {
    return count == 0 ? 1 : std::pow(static_cast<double>(count) / typical, -exponent);
  }
  void check() const {
    check_settings(static_cast<Base const&>(*this));
    if (!(is_finite(exponent) && exponent >= 0 && exponent <= 1))
      raise(error(error_kind::setting) << "frequency_scaled: exponent = " << exponent << "; it goes from 0 to 1");
    if (!(is_finite(typical) && typical > 0))
      raise(error(error_kind::setting) << "frequency_scaled: typical = " << typical << "; it has to be positive");
  }
};

KINDRED_END
