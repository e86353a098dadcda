// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/scored_examples.hpp>
#include <kindred/linear/logistic_curve.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A probability from a probability: log-odds = a log(p) - b log(1 - p) + c, with a and b not negative, so that order is kept.
struct beta_curve {
  double a = 1;
  double b = 1;
  double c = 0;

  static constexpr stored_format format{"beta_curve", 1};
  static void fields(auto& self, auto& visit) {
    visit("a", self.a);
    visit("b", self.b);
    visit("c", self.c);
  }
  void restore() const { check_stored(is_finite(a) && is_finite(b) && is_finite(c), "beta_curve: numbers are finite"); }

  [[nodiscard]] double operator()(double p) const noexcept {
    auto const [low, high] = logs(p);
    return sigmoid(a * low + b * high + c);
  }

  // log(p) and -log(1 - p), of p clipped to what double tells from 0 and 1.
  [[nodiscard]] static std::pair<double, double> logs(double p) noexcept {
    constexpr double least = std::numeric_limits<double>::epsilon();
    double const inside = p < least ? least : p > 1 - least ? 1 - least : p;
    return {std::log(inside), -std::log1p(-inside)};
  }

  friend bool operator==(beta_curve const&, beta_curve const&) = default;
};

// Repairs probabilities by a curve that can be the identity, an S or its inverse, and lopsided (Kull, Silva Filho and Flach,
// "Beta calibration", 2017): for probabilities where platt, whose sigmoid wants log-odds, makes good ones worse. A parameter
// that would turn the order round is held at zero. Targets are Platt's, so that separable examples end with a finite curve.
// O(examples) a step. Deterministic. Throws as scored_examples::check, and error{data} for what is no probability.
struct beta_calibration {
  template <real T, executor E, observer O>
  [[nodiscard]] fitted<beta_curve> fit(scored_examples<T> const& all, E&, O&) const {
    all.check_probabilities();
    auto const both = fit_with(all, [](double low, double high) { return std::pair{low, high}; });
    double const a = both.parameter[0], b = both.parameter[1];
    if (a >= 0 && b >= 0) return made(both, a, b);
    if (a < 0) {
      auto const high = fit_with(all, [](double, double h) { return std::pair{0.0, h}; });
      return made(high, 0, high.parameter[1] > 0 ? high.parameter[1] : 0);
    }
    auto const low = fit_with(all, [](double l, double) { return std::pair{l, 0.0}; });
    return made(low, low.parameter[0] > 0 ? low.parameter[0] : 0, 0);
  }

private:
  [[nodiscard]] static fitted<beta_curve> made(detail::curve_fit<3> const& found, double a, double b) noexcept {
    return {{a, b, found.parameter[2]}, {found.steps, found.objective, found.converged}};
  }

  template <real T, class Keep>
  [[nodiscard]] static detail::curve_fit<3> fit_with(scored_examples<T> const& all, Keep const& keep) {
    detail::smoothed_targets const target(all);
    std::vector<detail::curve_point<3>> points(all.size());
    for (std::size_t k = 0; k != all.size(); ++k) {
      auto const [low, high] = beta_curve::logs(static_cast<double>(all.score[k]));
      auto const [x, y] = keep(low, high);
      points[k] = {{x, y, 1}, all.happened(k) ? target.positive : target.negative, all.weight_of(k)};
    }
    return detail::fit_curve(points);
  }
};

KINDRED_END
