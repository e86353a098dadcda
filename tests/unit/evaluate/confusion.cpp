// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/confusion.hpp>

#include "../../support/error_of.hpp"
#include "../../support/scored_case.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using kindred::cheapest_threshold;
using kindred::confusion;
using kindred::confusion_at;

TEST_CASE("confusion: by hand") {
  confusion const c{.hits = 6, .false_alarms = 2, .misses = 3, .rejections = 9};
  CHECK(c.accuracy() == 15.0 / 20);
  CHECK(c.precision() == 6.0 / 8);
  CHECK(c.recall() == 6.0 / 9);
  CHECK(c.specificity() == 9.0 / 11);
  CHECK(c.f() == doctest::Approx(12.0 / 17));
  CHECK(c.f(2) == doctest::Approx(5 * 0.75 * (2.0 / 3) / (4 * 0.75 + 2.0 / 3)));
  CHECK(c.mcc() == doctest::Approx((6 * 9 - 2 * 3) / std::sqrt(8.0 * 9 * 12 * 11)));
  confusion const nothing;
  for (double const figure : {nothing.accuracy(), nothing.precision(), nothing.recall(), nothing.f(), nothing.mcc()})
    CHECK(figure == 0);
}

TEST_CASE_TEMPLATE("confusion: scikit-learn's figures", T, float, double) {
  auto const plain = confusion_at(support::fourteen<T>(false).view(), 0.5);
  CHECK(plain.accuracy() == doctest::Approx(0.6428571428571429).epsilon(1e-12));
  CHECK(plain.precision() == doctest::Approx(0.8571428571428571).epsilon(1e-12));
  CHECK(plain.recall() == doctest::Approx(0.6).epsilon(1e-12));
  CHECK(plain.f() == doctest::Approx(0.7058823529411764).epsilon(1e-12));
  CHECK(plain.f(2) == doctest::Approx(0.6382978723404255).epsilon(1e-12));
  CHECK(plain.mcc() == doctest::Approx(0.31622776601683794).epsilon(1e-12));
  auto const weighted = confusion_at(support::fourteen<T>(true).view(), 0.5);
  CHECK(weighted.accuracy() == doctest::Approx(0.75).epsilon(1e-12));
  CHECK(weighted.f(2) == doctest::Approx(0.7236842105263158).epsilon(1e-12));
  CHECK(weighted.mcc() == doctest::Approx(0.5303300858899107).epsilon(1e-12));
}

TEST_CASE_TEMPLATE("cheapest_threshold: no threshold costs less", T, float, double) {
  for (std::uint64_t seed = 0; seed != 60; ++seed) {
    auto const drawn = support::random_scores<T>(1 + seed % 30, seed % 2 == 0, seed);
    kindred::decision_costs const costs{.false_alarm = 1 + static_cast<double>(seed % 5), .miss = 2};
    auto const best = cheapest_threshold(drawn.view(), costs);
    auto const cost_at = [&](double threshold) {
      auto const c = confusion_at(drawn.view(), threshold);
      return costs.false_alarm * c.false_alarms + costs.miss * c.misses;
    };
    CHECK(cost_at(best.threshold) == doctest::Approx(best.cost));
    CHECK(best.result.total() == doctest::Approx(confusion_at(drawn.view(), 0).total()));
    for (T const score : drawn.score) CHECK(best.cost <= cost_at(static_cast<double>(score)) + 1e-9);
    CHECK(best.cost <= cost_at(std::numeric_limits<double>::infinity()) + 1e-9);
  }
}

TEST_CASE("cheapest_threshold: never acting, and costs outside their range") {
  std::vector<double> const score{0.3, 0.9};
  std::vector<double> const no{0, 0};
  CHECK(cheapest_threshold<double>({score, no}, {}).threshold == std::numeric_limits<double>::infinity());
  CHECK(cheapest_threshold<double>({}, {}).cost == 0);
  auto const e = support::error_of([&] { static_cast<void>(cheapest_threshold<double>({score, no}, {.miss = -1})); });
  CHECK(support::says(e, "miss = -1"));
}
