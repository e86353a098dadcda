// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/testing/laws/result.hpp>

#include <algorithm>
#include <cmath>
#include <span>

KINDRED_BEGIN

namespace testing {

// The laws of a loss: value and slope are finite, for predictions as far off as 1000 too; slope is the derivative of
// value in the prediction: it lies between the difference quotients to the left and to the right, so that at a kink any
// subgradient will do. Quotients are taken in double; their error limits what is seen to about one part in 10^5.
//
// The targets are those that the loss is made for: give {0, 1} to a logistic one.
template <loss<double> L>
law_result check_loss(L const& l, std::span<double const> targets) {
  auto const finite = [&](double p, double t) -> law_result {
    double const value = l.value(p, t), slope = l.slope(p, t);
    if (is_finite(value) && is_finite(slope)) return {};
    return detail::broken("losses are finite")
           << "at prediction " << p << " and target " << t << " the value is " << value << " and the slope " << slope;
  };
  for (double const t : targets) {
    for (double const p : {-1000.0, 1000.0, t})
      if (auto const law = finite(p, t); !law.holds()) return law;
    for (double p = -6; p <= 6; p += 0.1875) {  // a multiple of 2^-4: kinks at simple numbers are met
      if (auto const law = finite(p, t); !law.holds()) return law;
      double const h = 1e-6;
      double const value = l.value(p, t);
      double const left = (value - l.value(p - h, t)) / h, right = (l.value(p + h, t) - value) / h;
      double const blur = 1e-5 * (1 + std::abs(value) + std::abs(left) + std::abs(right));
      double const slope = l.slope(p, t);
      if (slope < (std::min)(left, right) - blur || slope > (std::max)(left, right) + blur)
        return detail::broken("slope is the derivative of value")
               << "at prediction " << p << " and target " << t << " the slope is " << slope << ", the value rises by "
               << left << " to the left and " << right << " to the right";
    }
  }
  return {};
}

template <loss<double> L>
law_result check_loss(L const& l) {
  constexpr double targets[] = {-2, 0, 0.5, 1, 3.5};
  return check_loss(l, targets);
}

}  // namespace testing

KINDRED_END
