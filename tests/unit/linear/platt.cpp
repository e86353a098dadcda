// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/platt.hpp>

#include "../../support/scored_case.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::platt;
using kindred::scored_examples;
using kindred::sigmoid;
using kindred::temperature;

static_assert(kindred::recipe<platt, scored_examples<float>>);
static_assert(kindred::recipe<temperature, scored_examples<double>>);

namespace {

template <class T>
support::scored_case<T> ten() {
  return {
      {T(-3), T(-1.5), T(-1), T(-0.5), T(0), T(0.25), T(0.5), T(1), T(2), T(4)}, {0, 0, 1, 0, 0, 1, 0, 1, 1, 1}, {}};
}

// The log loss of a curve to Platt's targets, written out.
template <class T>
double loss_of(kindred::sigmoid_curve const& curve, scored_examples<T> const& all) {
  double yes = 0, no = 0, sum = 0;
  for (std::size_t k = 0; k != all.size(); ++k) (all.happened(k) ? yes : no) += all.weight_of(k);
  for (std::size_t k = 0; k != all.size(); ++k) {
    double const target = all.happened(k) ? (yes + 1) / (yes + 2) : 1 / (no + 2);
    double const p = curve(static_cast<double>(all.score[k]));
    sum -= all.weight_of(k) * (target * std::log(p) + (1 - target) * std::log(1 - p));
  }
  return sum;
}

}  // namespace

TEST_CASE("sigmoid: from 0 to 1 without overflow") {
  CHECK(sigmoid(0.0) == 0.5);
  CHECK(sigmoid(std::log(3.0)) == doctest::Approx(0.75));
  CHECK(sigmoid(-1e308) == 0);
  CHECK(sigmoid(1e308) == 1);
  CHECK(sigmoid(-700.0) > 0);
}

TEST_CASE_TEMPLATE("platt: scikit-learn's figures", T, float, double) {
  // Its _sigmoid_calibration, which writes 1 / (1 + exp(a s + b)) and stops earlier: a = -.57056, b = .07394.
  auto const done = kindred::fit(platt{}, ten<T>().view());
  CHECK(done.report.converged);
  CHECK(done.model.slope == doctest::Approx(0.57056231).epsilon(1e-4));
  CHECK(done.model.offset == doctest::Approx(-0.0739431).epsilon(1e-3));
}

TEST_CASE_TEMPLATE("platt, temperature: no curve beside the fitted one is better", T, float, double) {
  for (std::uint64_t seed = 0; seed != 20; ++seed) {
    auto const drawn = support::random_scores<T>(5 + seed * 3, seed % 2 == 0, seed);
    auto const done = kindred::fit(platt{}, drawn.view());
    CHECK(done.report.converged);
    double const least = loss_of(done.model, drawn.view());
    CHECK(done.report.objective == doctest::Approx(least).epsilon(1e-9));
    auto const one = kindred::fit(temperature{}, drawn.view()).model;
    CHECK(one.offset == 0);
    for (double const by : {-1e-3, 1e-3}) {
      CHECK(loss_of({done.model.slope + by, done.model.offset}, drawn.view()) >= least);
      CHECK(loss_of({done.model.slope, done.model.offset + by}, drawn.view()) >= least);
      CHECK(loss_of({one.slope + by, 0}, drawn.view()) >= loss_of(one, drawn.view()));
    }
  }
}

TEST_CASE("platt: weights count like so many examples, and scores may have any scale") {
  auto const drawn = support::random_scores<double>(40, true, 8);
  support::scored_case<double> repeated, large;
  for (std::size_t k = 0; k != 40; ++k) {
    for (int copy = 0; copy != static_cast<int>(drawn.weight[k]); ++copy) {
      repeated.score.push_back(drawn.score[k]);
      repeated.label.push_back(drawn.label[k]);
    }
    large.score.push_back(1e9 + 1e6 * drawn.score[k]);
  }
  large.label = drawn.label;
  large.weight = drawn.weight;
  auto const curve = kindred::fit(platt{}, drawn.view()).model;
  CHECK(kindred::fit(platt{}, repeated.view()).model.slope == doctest::Approx(curve.slope).epsilon(1e-6));
  CHECK(kindred::fit(platt{}, large.view()).model(1e9 + 3e5) == doctest::Approx(curve(0.3)).epsilon(1e-5));
}

TEST_CASE("platt, temperature: separable, one-sided, constant and no examples end with a finite curve") {
  std::vector<double> const score{-2, -1, 1, 2};
  std::vector<double> const apart{0, 0, 1, 1};
  std::vector<double> const yes{1, 1, 1, 1};
  std::vector<double> const same{5, 5, 5, 5};
  std::vector<double> const mixed{0, 1, 1, 1};
  for (auto const& curve : {kindred::fit(platt{}, scored_examples<double>{score, apart}).model,
                            kindred::fit(platt{}, scored_examples<double>{score, yes}).model,
                            kindred::fit(platt{}, scored_examples<double>{same, mixed}).model,
                            kindred::fit(platt{}, scored_examples<double>{}).model,
                            kindred::fit(temperature{}, scored_examples<double>{score, apart}).model,
                            kindred::fit(temperature{}, scored_examples<double>{same, yes}).model,
                            kindred::fit(temperature{}, scored_examples<double>{}).model}) {
    CHECK(std::isfinite(curve.slope));
    CHECK(std::isfinite(curve.offset));
  }
  CHECK(kindred::fit(platt{}, scored_examples<double>{score, apart}).model(2) > 0.7);
  CHECK(kindred::fit(platt{}, scored_examples<double>{same, mixed}).model(5) == doctest::Approx(2.733333 / 4));
}
