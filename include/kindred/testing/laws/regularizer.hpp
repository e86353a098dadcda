// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/testing/laws/result.hpp>

#include <cmath>
#include <initializer_list>

KINDRED_BEGIN

namespace testing {

// The laws of a regularizer: penalties are finite, not negative, and zero at zero; shrink(w, rate) is the proximal
// step: no number of a fine grid between -1.5 w and 1.5 w, nor close to the one it gives, has a lower penalty(x) + (x -
// w)^2 / (2 rate).
template <regularizer<double> R>
law_result check_regularizer(R const& r) {
  using detail::broken;
  if (r.penalty(0.0) != 0) return broken("a zero weight costs nothing") << "penalty(0) is " << r.penalty(0.0);
  constexpr double weights[] = {0, 1e-3, -0.05, 0.4, -1, 3, -20};
  for (double const w : weights)
    if (!(is_finite(r.penalty(w)) && r.penalty(w) >= 0))
      return broken("penalties are finite and not negative") << "penalty(" << w << ") is " << r.penalty(w);
  for (double const w : weights) {
    for (double const rate : {1e-3, 0.1, 1.0, 10.0}) {
      auto const cost = [&](double x) { return r.penalty(x) + (x - w) * (x - w) / (2 * rate); };
      double const found = r.shrink(w, rate);
      if (!is_finite(found))
        return broken("shrunk weights are finite") << "shrink(" << w << ", " << rate << ") is " << found;
      double const least = cost(found), blur = 1e-9 * (1 + std::abs(least));
      auto const beaten_by = [&](double x) { return cost(x) < least - blur; };
      auto const counterexample = [&](double x) {
        return broken("shrink is the proximal step") << "shrink(" << w << ", " << rate << ") is " << found
                                                     << " and costs " << least << "; " << x << " costs " << cost(x);
      };
      for (int k = -300; k <= 300; ++k)
        if (double const x = w * k / 200; beaten_by(x)) return counterexample(x);
      for (double step = 1e-4; step < 2; step *= 2)
        for (double const x : {found - step, found + step})
          if (beaten_by(x)) return counterexample(x);
    }
  }
  return {};
}

}  // namespace testing

KINDRED_END
