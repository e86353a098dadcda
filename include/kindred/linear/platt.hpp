// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/scored_examples.hpp>
#include <kindred/linear/logistic_curve.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

// A probability from a score: 1 / (1 + exp(-(slope x score + offset))).
struct sigmoid_curve {
  double slope = 1;
  double offset = 0;

  static constexpr stored_format format{"sigmoid_curve", 1};
  static void fields(auto& self, auto& visit) {
    visit("slope", self.slope);
    visit("offset", self.offset);
  }
  void restore() const { check_stored(is_finite(slope) && is_finite(offset), "sigmoid_curve: numbers are finite"); }

  [[nodiscard]] double operator()(double score) const noexcept { return sigmoid(slope * score + offset); }
  friend bool operator==(sigmoid_curve const&, sigmoid_curve const&) = default;
};

// Turns any scores into probabilities by a sigmoid with two parameters (Platt, 1999, with his targets: see
// smoothed_targets). The right shape where the scores of either outcome are about normal; keeps their order if the slope is
// positive. Needs few examples, which must not be those that the scores were trained on.
//
//   auto const probability = kindred::fit(kindred::platt{}, kindred::scored_examples<float>{score, clicked}).model;
//   double const p = probability(score_of_something_new);
//
// O(examples) a step, some ten steps. Deterministic. Throws as scored_examples::check.
struct platt {
  template <real T, executor E, observer O>
  [[nodiscard]] fitted<sigmoid_curve> fit(scored_examples<T> const& all, E&, O&) const {
    all.check();
    // Scores may have any scale, the solver likes theirs around one.
    double weight = 0, mean = 0, spread = 0;
    for (std::size_t k = 0; k != all.size(); ++k) {
      weight += all.weight_of(k);
      mean += (static_cast<double>(all.score[k]) - mean) * (all.weight_of(k) / weight);
    }
    for (std::size_t k = 0; k != all.size(); ++k)
      spread = std::fmax(spread, std::fabs(static_cast<double>(all.score[k]) - mean));
    if (!(spread > 0)) spread = 1;
    detail::smoothed_targets const target(all);
    std::vector<detail::curve_point<2>> points(all.size());
    for (std::size_t k = 0; k != all.size(); ++k)
      points[k] = {{static_cast<double>(all.score[k]) / spread - mean / spread, 1},
                   all.happened(k) ? target.positive : target.negative,
                   all.weight_of(k)};
    auto const found = detail::fit_curve(points);
    double const slope = found.parameter[0] / spread;
    return {{slope, found.parameter[1] - slope * mean}, {found.steps, found.objective, found.converged}};
  }
};

// Makes log-odds more or less sure by one factor, 1 / temperature, and moves nothing across 1/2 (Guo, Pleiss, Sun and
// Weinberger, "On calibration of modern neural networks", 2017): for models that rank well and exaggerate. The slope of the
// curve is the factor; its targets are Platt's, so that separable examples end with a finite one.
struct temperature {
  template <real T, executor E, observer O>
  [[nodiscard]] fitted<sigmoid_curve> fit(scored_examples<T> const& all, E&, O&) const {
    all.check();
    double scale = 0;
    for (T const& score : all.score) scale = std::fmax(scale, std::fabs(static_cast<double>(score)));
    if (!(scale > 0)) scale = 1;
    detail::smoothed_targets const target(all);
    std::vector<detail::curve_point<1>> points(all.size());
    for (std::size_t k = 0; k != all.size(); ++k)
      points[k] = {{static_cast<double>(all.score[k]) / scale},
                   all.happened(k) ? target.positive : target.negative,
                   all.weight_of(k)};
    auto const found = detail::fit_curve(points);
    return {{found.parameter[0] / scale, 0}, {found.steps, found.objective, found.converged}};
  }
};

KINDRED_END
