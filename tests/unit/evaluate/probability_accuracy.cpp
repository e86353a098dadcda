// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/probability_accuracy.hpp>

#include "../../support/error_of.hpp"
#include "../../support/scored_case.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::evaluate_probabilities;

TEST_CASE_TEMPLATE("probability_accuracy: by hand", T, float, double) {
  std::vector<T> const said{T(0.75), T(0.25)};
  std::vector<T> const happened{1, 1};
  std::vector<T> const weight{1, 3};
  auto const all = evaluate_probabilities<T>({said, happened, weight});
  CHECK(all.log_loss == doctest::Approx(-(std::log(0.75) + 3 * std::log(0.25)) / 4));
  CHECK(all.brier == doctest::Approx((0.25 * 0.25 + 3 * 0.75 * 0.75) / 4));
  CHECK(all.mean_probability == doctest::Approx((0.75 + 3 * 0.25) / 4));
  CHECK(all.share == 1);
  CHECK(all.normalized_entropy == 0);  // everything happened: nothing to be compared with
}

TEST_CASE_TEMPLATE("probability_accuracy: scikit-learn's figures", T, float, double) {
  double const close = sizeof(T) == 4 ? 1e-6 : 1e-12;  // 0.1f is not 0.1
  auto const plain = evaluate_probabilities(support::fourteen<T>(false).view());
  CHECK(plain.log_loss == doctest::Approx(0.6034457810824339).epsilon(close));
  CHECK(plain.brier == doctest::Approx(0.20714285714285713).epsilon(close));
  auto const weighted = evaluate_probabilities(support::fourteen<T>(true).view());
  CHECK(weighted.log_loss == doctest::Approx(0.4844306408636168).epsilon(close));
  CHECK(weighted.brier == doctest::Approx(0.15916666666666668).epsilon(close));
}

TEST_CASE("probability_accuracy: always saying the share has a normalized entropy of one") {
  std::vector<double> const label{1, 0, 0, 0, 1, 0, 0, 0};
  std::vector<double> const share(8, 0.25);
  CHECK(evaluate_probabilities<double>({share, label}).normalized_entropy == doctest::Approx(1));
  CHECK(evaluate_probabilities<double>({label, label}).normalized_entropy == doctest::Approx(0));
}

TEST_CASE("probability_accuracy: sure and wrong is finite; of nothing all is zero; what is no probability is refused") {
  std::vector<double> const said{0, 1};
  std::vector<double> const label{1, 0};
  CHECK(evaluate_probabilities<double>({said, label}).log_loss == doctest::Approx(52 * std::log(2.0)));
  auto const none = evaluate_probabilities<double>({});
  CHECK(none.log_loss == 0);
  CHECK(none.share == 0);
  std::vector<double> const wrong{0.5, -0.1};
  CHECK(support::error_of([&] { static_cast<void>(evaluate_probabilities<double>({wrong, label})); }).row() == 1);
}
