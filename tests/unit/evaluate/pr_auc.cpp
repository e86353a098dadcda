// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/pr_auc.hpp>

#include "../../support/scored_case.hpp"

#include <doctest/doctest.h>

#include <vector>

using kindred::pr_auc;
using kindred::scored_examples;

namespace {

// Threshold by threshold, each with a count of its own over everything.
template <class T>
double threshold_by_threshold(scored_examples<T> const& all) {
  long double positive = 0;
  for (std::size_t k = 0; k != all.size(); ++k) positive += all.happened(k) ? all.weight_of(k) : 0;
  long double area = 0, recall_before = 0;
  for (int tenths = 10; tenths >= 0; --tenths) {
    auto const threshold = static_cast<T>(tenths / 10.0);
    long double hits = 0, taken = 0;
    for (std::size_t k = 0; k != all.size(); ++k) {
      if (all.score[k] < threshold) continue;
      taken += all.weight_of(k);
      hits += all.happened(k) ? all.weight_of(k) : 0;
    }
    if (taken == 0 || positive == 0) continue;
    area += (hits / positive - recall_before) * (hits / taken);
    recall_before = hits / positive;
  }
  return static_cast<double>(area);
}

}  // namespace

TEST_CASE("pr_auc: by hand") {
  // From the top: hit (1/1 of 1/2 recall), alarm, hit (2/3 of the other half): 1/2 + 1/3.
  std::vector<double> const score{4, 3, 2, 1};
  std::vector<double> const label{1, 0, 1, 0};
  CHECK(pr_auc<double>({score, label}) == doctest::Approx(0.5 + 1.0 / 3));
  std::vector<double> const tied{1, 1, 1, 1};
  CHECK(pr_auc<double>({tied, label}) == 0.5);  // guessing
  std::vector<double> const never{0, 0, 0, 0};
  CHECK(pr_auc<double>({score, never}) == 0);
  CHECK(pr_auc<double>({}) == 0);
}

TEST_CASE_TEMPLATE("pr_auc: scikit-learn's figures, and the definition on random cases", T, float, double) {
  CHECK(pr_auc(support::fourteen<T>(false).view()) == doctest::Approx(0.9389285714285714).epsilon(1e-12));
  CHECK(pr_auc(support::fourteen<T>(true).view()) == doctest::Approx(0.9626402243589745).epsilon(1e-12));
  for (std::uint64_t seed = 0; seed != 100; ++seed) {
    auto const drawn = support::random_scores<T>(1 + seed % 40, seed % 2 == 0, seed);
    CHECK(pr_auc(drawn.view()) == doctest::Approx(threshold_by_threshold(drawn.view())).epsilon(1e-12));
  }
}
