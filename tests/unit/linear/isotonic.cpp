// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/isotonic.hpp>

#include "../../support/scored_case.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

using kindred::isotonic;
using kindred::scored_examples;

static_assert(kindred::recipe<isotonic, scored_examples<float>>);

namespace {

// The curve as a minimum over upper ends of a maximum over lower ends of means: the definition that no pooling enters.
template <class T>
std::map<double, double> min_max(scored_examples<T> const& all) {
  std::map<double, std::pair<double, double>> at;  // score -> weight, happened
  for (std::size_t k = 0; k != all.size(); ++k) {
    auto& sums = at[static_cast<double>(all.score[k])];
    sums.first += all.weight_of(k);
    sums.second += all.happened(k) ? all.weight_of(k) : 0;
  }
  std::vector<double> score, weight, happened;
  for (auto const& [s, sums] : at) {
    score.push_back(s);
    weight.push_back(sums.first);
    happened.push_back(sums.second);
  }
  std::map<double, double> out;
  for (std::size_t k = 0; k != score.size(); ++k) {
    double least = 2;
    for (std::size_t last = k; last != score.size(); ++last) {
      double most = -1;
      for (std::size_t first = 0; first <= k; ++first) {
        double w = 0, h = 0;
        for (std::size_t j = first; j <= last; ++j) {
          w += weight[j];
          h += happened[j];
        }
        most = std::max(most, h / w);
      }
      least = std::min(least, most);
    }
    out[score[k]] = least;
  }
  return out;
}

}  // namespace

TEST_CASE_TEMPLATE("isotonic: scikit-learn's figures", T, float, double) {
  std::vector<T> const score{T(-3), T(-1.5), T(-1), T(-0.5), T(0), T(0.25), T(0.5), T(1), T(2), T(4)};
  std::vector<T> const label{0, 0, 1, 0, 0, 1, 0, 1, 1, 1};
  std::vector<T> const weight{1, 2, 1, 1, 3, 1, 1, 2, 1, 1};
  auto const curve = kindred::fit(isotonic{}, scored_examples<T>{score, label, weight}).model;
  std::vector<double> const expected{0, 0, 0.2, 0.2, 0.2, 0.5, 0.5, 1, 1, 1};
  for (std::size_t k = 0; k != score.size(); ++k)
    CHECK(curve(static_cast<double>(score[k])) == doctest::Approx(expected[k]).epsilon(1e-12));
  CHECK(curve(-9) == 0);
  CHECK(curve(-1.25) == doctest::Approx(0.1));
  CHECK(curve(0.1) == doctest::Approx(0.32));
  CHECK(curve(0.75) == doctest::Approx(0.75));
  CHECK(curve(9) == 1);
}

TEST_CASE_TEMPLATE("isotonic: the definition by minima and maxima, on random cases with ties", T, float, double) {
  for (std::uint64_t seed = 0; seed != 60; ++seed) {
    auto const drawn = support::random_scores<T>(1 + seed % 40, seed % 2 == 0, seed);
    auto const curve = kindred::fit(isotonic{}, drawn.view()).model;
    for (auto const& [score, value] : min_max(drawn.view()))
      CHECK(curve(score) == doctest::Approx(value).epsilon(1e-12));
    for (double s = -0.5; s < 1.5; s += 0.01) CHECK(curve(s) <= curve(s + 0.01));
  }
}

TEST_CASE("isotonic: of nothing one half, of one score its share") {
  CHECK(kindred::fit(isotonic{}, scored_examples<double>{}).model(3) == 0.5);
  std::vector<double> const score{2, 2, 2, 2};
  std::vector<double> const label{1, 0, 0, 0};
  CHECK(kindred::fit(isotonic{}, scored_examples<double>{score, label}).model(-7) == 0.25);
}
