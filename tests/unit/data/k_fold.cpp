// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/k_fold.hpp>

#include "../../support/splits.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

using kindred::k_fold;

TEST_CASE_TEMPLATE("k_fold: the laws", T, float, double) {
  support::check_any_splitter<T>(k_fold{});
  support::check_any_splitter<T>(k_fold{.count = 2, .seed = 9});
  auto const law =
      kindred::testing::check_stable_splitter(k_fold{.count = 3}, support::random_ratings<T>(30, 20, 0.5, 1));
  CHECK_MESSAGE(law.holds(), std::string(law.message()));
}

TEST_CASE("k_fold: every rating is tested on once, in folds about equally large") {
  auto const data = support::random_ratings<float>(200, 100, 0.5, 4);
  for (std::uint32_t const count : {2u, 3u, 5u, 10u}) {
    std::size_t tested = 0;
    for (std::uint32_t fold = 0; fold != count; ++fold) {
      auto const [train, test] = k_fold{.count = count, .seed = 6}.split(data, fold);
      tested += test.size();
      // Five standard deviations of a binomial.
      double const n = static_cast<double>(data.size()), p = 1.0 / count;
      CHECK(std::fabs(static_cast<double>(test.size()) - n * p) < 5 * std::sqrt(n * p * (1 - p)));
      for (std::uint32_t other = 0; other != fold; ++other) {
        auto const earlier = k_fold{.count = count, .seed = 6}.split(data, other).second;
        for (auto const& [u, i] : support::pairs_of(test))
          CHECK_FALSE(earlier.contains(kindred::user_id{u}, kindred::item_id{i}));
      }
    }
    CHECK(tested == data.size());
  }
}

TEST_CASE("k_fold: another seed deals anew") {
  auto const data = support::random_ratings<float>(50, 40, 0.5, 4);
  CHECK_FALSE(k_fold{.seed = 1}.split(data, 0) == k_fold{.seed = 2}.split(data, 0));
}

TEST_CASE("k_fold: more folds than ratings leave some empty") {
  auto const data = support::ratings_of<float>({{0, 0, 1}, {1, 1, 2}});
  std::size_t tested = 0;
  for (std::uint32_t fold = 0; fold != 50; ++fold) tested += k_fold{.count = 50}.split(data, fold).second.size();
  CHECK(tested == 2);
}

TEST_CASE("k_fold: settings and folds that are not") {
  support::check_refused(k_fold{.count = 0}, 0, "k_fold: count = 0");
  support::check_refused(k_fold{.count = 1}, 0, "k_fold: count = 1");
  support::check_refused(k_fold{.count = 5}, 5, "k_fold: fold 5 was asked for; folds go from 0 to 4");
}
