// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/k_fold.hpp>
#include <kindred/data/random_holdout.hpp>

#include "../../support/splits.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

using kindred::random_holdout;

TEST_CASE_TEMPLATE("random_holdout: the laws", T, float, double) {
  support::check_any_splitter<T>(random_holdout{});
  support::check_any_splitter<T>(random_holdout{.fraction = 0.7, .seed = 3});
  support::check_any_splitter<T>(random_holdout{.fraction = 0});
  support::check_any_splitter<T>(random_holdout{.fraction = 1});
  auto const law =
      kindred::testing::check_stable_splitter(random_holdout{}, support::random_ratings<T>(30, 20, 0.5, 1));
  CHECK_MESSAGE(law.holds(), std::string(law.message()));
}

TEST_CASE("random_holdout: about the fraction, none of it, all of it") {
  auto const data = support::random_ratings<float>(200, 100, 0.5, 4);
  auto const n = static_cast<double>(data.size());
  for (double const fraction : {0.05, 0.2, 0.5, 0.9}) {
    auto const [train, test] = random_holdout{.fraction = fraction, .seed = 2}.split(data);
    CHECK(std::fabs(static_cast<double>(test.size()) - n * fraction) < 5 * std::sqrt(n * fraction * (1 - fraction)));
  }
  CHECK(random_holdout{.fraction = 0}.split(data).first == data);
  CHECK(random_holdout{.fraction = 1}.split(data).second == data);
}

TEST_CASE("random_holdout: a larger fraction holds out what a smaller one does, and more") {
  auto const data = support::random_ratings<float>(50, 40, 0.5, 4);
  auto const fewer = random_holdout{.fraction = 0.1}.split(data).second;
  auto const more = random_holdout{.fraction = 0.4}.split(data).second;
  for (auto const& [u, i] : support::pairs_of(fewer)) CHECK(more.contains(kindred::user_id{u}, kindred::item_id{i}));
}

TEST_CASE("random_holdout: folds of what it leaves are about equally large, from the same seed too") {
  auto const data = support::random_ratings<float>(200, 100, 0.5, 4);
  auto const train = random_holdout{.fraction = 0.2, .seed = 0}.split(data).first;
  double const n = static_cast<double>(train.size()), p = 1.0 / 5;
  for (std::uint32_t fold = 0; fold != 5; ++fold) {
    auto const size = static_cast<double>(kindred::k_fold{.count = 5, .seed = 0}.split(train, fold).second.size());
    CHECK(std::fabs(size - n * p) < 5 * std::sqrt(n * p * (1 - p)));
  }
}

TEST_CASE("random_holdout: settings and folds that are not") {
  support::check_refused(random_holdout{.fraction = -0.1}, 0, "random_holdout: fraction = -0.1");
  support::check_refused(random_holdout{.fraction = 1.1}, 0, "random_holdout: fraction = 1.1");
  support::check_refused(random_holdout{.fraction = std::numeric_limits<double>::quiet_NaN()}, 0, "fraction = ");
  support::check_refused(random_holdout{.fraction = std::numeric_limits<double>::infinity()}, 0, "fraction = inf");
  support::check_refused(random_holdout{}, 1, "random_holdout: fold 1 was asked for; folds go from 0 to 0");
}
