// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/beta_calibration.hpp>

#include "../../support/error_of.hpp"
#include "../../support/scored_case.hpp"

#include <kindred/evaluate/probability_accuracy.hpp>
#include <kindred/linear/undersampled.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::beta_calibration;
using kindred::beta_curve;
using kindred::scored_examples;

static_assert(kindred::recipe<beta_calibration, scored_examples<double>>);

namespace {

// Examples that happen with the probability that `truth` makes of what is said of them.
template <class T, class Truth>
support::scored_case<T> drawn_from(Truth const& truth, std::size_t size) {
  kindred::random_stream random(12, 0);
  support::scored_case<T> out;
  for (std::size_t k = 0; k != size; ++k) {
    double const said = 0.02 + 0.96 * kindred::unit(random);
    out.score.push_back(static_cast<T>(said));
    out.label.push_back(kindred::unit(random) < truth(said) ? T{1} : T{0});
  }
  return out;
}

}  // namespace

TEST_CASE_TEMPLATE("beta_calibration: the identity is among its curves, and so is what it is to undo", T, float,
                   double) {
  CHECK(beta_curve{}(0.3) == doctest::Approx(0.3));
  beta_curve const truth{0.5, 2, 0.3};
  auto const said = drawn_from<T>(truth, 20000);
  auto const done = kindred::fit(beta_calibration{}, said.view());
  CHECK(done.report.converged);
  for (double const p : {0.1, 0.3, 0.5, 0.7, 0.9}) CHECK(done.model(p) == doctest::Approx(truth(p)).epsilon(0.04));
}

TEST_CASE("beta_calibration: never turns the order round, and is finite for certainty") {
  auto const backward = drawn_from<double>([](double p) { return 1 - p; }, 500);
  auto const curve = kindred::fit(beta_calibration{}, backward.view()).model;
  CHECK(curve.a >= 0);
  CHECK(curve.b >= 0);
  for (double p = 0; p < 0.99; p += 0.01) CHECK(curve(p) <= curve(p + 0.01));
  std::vector<double> const sure{0, 1, 1, 0};
  std::vector<double> const label{0, 1, 1, 0};
  auto const apart = kindred::fit(beta_calibration{}, scored_examples<double>{sure, label}).model;
  CHECK(std::isfinite(apart.a));
  CHECK(apart(1) > apart(0));
  CHECK(std::isfinite(kindred::fit(beta_calibration{}, scored_examples<double>{}).model(0.5)));
  std::vector<double> const wrong{0, 1, 1, 2};
  auto const e = support::error_of(
      [&] { static_cast<void>(kindred::fit(beta_calibration{}, scored_examples<double>{wrong, label})); });
  CHECK(e.row() == 3);
}

TEST_CASE("undersampled: odds are divided by what was left out") {
  // One in ten of what did not happen was kept: odds of 1 to 1 are odds of 1 to 10.
  kindred::undersampled const back{.kept = 0.1};
  CHECK(back(0.5) == doctest::Approx(1.0 / 11));
  CHECK(back(0) == 0);
  CHECK(back(1) == 1);
  CHECK(kindred::undersampled{}(0.37) == doctest::Approx(0.37));
  for (double const kept : {0.0, -1.0, 1.5, std::nan("")})
    CHECK(support::says(support::error_of([&] { kindred::undersampled{kept}.check(); }), "undersampled: kept"));
}
