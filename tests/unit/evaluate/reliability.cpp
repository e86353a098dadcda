// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/reliability.hpp>

#include "../../support/error_of.hpp"
#include "../../support/scored_case.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::calibration_error;
using kindred::reliability;

TEST_CASE_TEMPLATE("reliability: by hand", T, float, double) {
  std::vector<T> const said{0, T(0.125), T(0.5), T(0.75), 1};
  std::vector<T> const label{0, 1, 1, 0, 1};
  auto const bins = reliability<T>({said, label}, 2);
  REQUIRE(bins.size() == 2);
  CHECK(bins[0].weight == 2);
  CHECK(bins[0].mean_probability == doctest::Approx(0.0625));
  CHECK(bins[0].share == doctest::Approx(0.5));
  CHECK(bins[1].weight == 3);  // 0.5 belongs to the upper half, and 1 to the last bin
  CHECK(bins[1].mean_probability == doctest::Approx(0.75));
  CHECK(bins[1].share == doctest::Approx(2.0 / 3));
  CHECK(calibration_error<T>({said, label}, 2) == doctest::Approx((2 * 0.4375 + 3 * (0.75 - 2.0 / 3)) / 5));
}

TEST_CASE("reliability: what happens as often as it is said has no error") {
  std::vector<double> said, label;
  for (int tenths = 0; tenths <= 10; ++tenths)
    for (int k = 0; k != 10; ++k) {
      said.push_back(tenths / 10.0);
      label.push_back(k < tenths ? 1 : 0);
    }
  CHECK(calibration_error<double>({said, label}) == doctest::Approx(0).epsilon(1e-12));
}

TEST_CASE("reliability: weights count like so many examples, and settings have a range") {
  auto const drawn = support::random_scores<double>(50, true, 8);
  support::scored_case<double> repeated;
  for (std::size_t k = 0; k != 50; ++k)
    for (int copy = 0; copy != static_cast<int>(drawn.weight[k]); ++copy) {
      repeated.score.push_back(drawn.score[k]);
      repeated.label.push_back(drawn.label[k]);
    }
  CHECK(calibration_error(drawn.view()) == doctest::Approx(calibration_error(repeated.view())).epsilon(1e-12));
  CHECK(calibration_error<double>({}) == 0);
  auto const e = support::error_of([&] { static_cast<void>(reliability(drawn.view(), 0)); });
  CHECK(support::says(e, "bins = 0"));
}
