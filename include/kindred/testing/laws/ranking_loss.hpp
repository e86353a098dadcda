// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/ranking_loss.hpp>
#include <kindred/testing/laws/result.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

// The laws of a ranking loss, tried on random scores: cost and slopes are finite, for scores as far apart as 1000 too, and the
// slopes are derivatives of the cost: each lies between the difference quotients to the left and to the right.
template <ranking_loss<double> L>
law_result check_ranking_loss(L const& l, std::uint64_t seed = 1) {
  random_stream random(seed, 0);
  std::size_t const most = (std::min)(std::size_t{l.negatives()}, std::size_t{6});
  for (int round = 0; round != 200; ++round) {
    double const wide = round % 10 == 0 ? 1000 : 1 + round % 3;
    double positive = wide * (2 * unit(random) - 1);
    std::vector<double> negative(1 + below(random, static_cast<std::uint32_t>(most)));
    for (double& s : negative) s = wide * (2 * unit(random) - 1);
    std::vector<double> slope(negative.size()), ignored(negative.size());
    auto const cost = [&] { return l.terms({positive, negative, 100}, std::span<double>(ignored)).value; };
    auto const terms = l.terms({positive, negative, 100}, std::span<double>(slope));
    bool finite = is_finite(terms.value) && is_finite(terms.slope);
    for (double const s : slope) finite = finite && is_finite(s);
    if (!finite)
      return detail::broken("ranking losses are finite")
             << "the cost is " << terms.value << " for scores within " << wide;
    auto const is_derivative = [&](double& score, double said) {
      double const h = 1e-6, at = score;
      score = at - h;
      double const left = (terms.value - cost()) / h;
      score = at + h;
      double const right = (cost() - terms.value) / h;
      score = at;
      double const blur = 1e-5 * (1 + std::abs(terms.value) + std::abs(left) + std::abs(right));
      return said >= (std::min)(left, right) - blur && said <= (std::max)(left, right) + blur;
    };
    if (!is_derivative(positive, terms.slope))
      return detail::broken("slopes are derivatives of the cost") << "that of the chosen item is " << terms.slope;
    for (std::size_t k = 0; k != negative.size(); ++k)
      if (!is_derivative(negative[k], slope[k]))
        return detail::broken("slopes are derivatives of the cost") << "that of other " << k << " is " << slope[k];
  }
  return {};
}

}  // namespace testing

KINDRED_END
