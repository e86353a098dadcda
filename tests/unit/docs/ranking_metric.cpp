// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/evaluate/ranking_metric.hpp>
#include <kindred/testing/laws/ranking_metric.hpp>

#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <span>
#include <string>

namespace {

// [model]
// Rank-biased precision (Moffat and Zobel, 2008): a reader goes on to the next place with probability `patience`.
struct rank_biased_precision {
  double patience = 0.8;
  double operator()(std::span<kindred::item_id const> ranked,
                    std::span<kindred::item_id const> relevant) const noexcept {
    double sum = 0, reads = 1 - patience;
    for (kindred::item_id const item : ranked) {
      if (std::binary_search(relevant.begin(), relevant.end(), item)) sum += reads;
      reads *= patience;
    }
    return sum;
  }
};
static_assert(kindred::ranking_metric<rank_biased_precision>);
// [/model]

}  // namespace

TEST_CASE("the minimal ranking metric keeps the laws and judges") {
  auto const law = kindred::testing::check_ranking_metric(rank_biased_precision{});
  CHECK_MESSAGE(law.holds(), std::string(law.message()));

  // Ranked 2 1 0, relevant 0 and 2: places 1 and 3, 0.2 (1 + 0.8^2).
  support::table_model<float> const model{{{1, 2, 3}}, {1, 1, 1}};
  auto const test = support::ratings_of<float>({{0, 0, 5}, {0, 2, 5}});
  auto const train = support::ratings_of<float>({}, {1, 3});
  kindred::sequential ex;
  // [judge]
  auto const judged =
      kindred::judge_ranking(model, train, test, {.length = 20}, ex, rank_biased_precision{.patience = 0.8},
                             kindred::ndcg_at{10}, kindred::ndcg_at{20});
  double const mean_of_the_first = judged.mean[0];
  // [/judge]
  CHECK(mean_of_the_first == doctest::Approx(0.2 * (1 + 0.64)));
  CHECK(judged.mean[1] == judged.mean[2]);
}
