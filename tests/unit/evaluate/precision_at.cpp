// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/precision_at.hpp>

#include "../../support/judged_lists.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <numeric>
#include <vector>

using kindred::hit_rate_at;
using kindred::precision_at;
using kindred::recall_at;
using support::judge;

namespace {

int count(std::vector<int> const& hit) { return std::accumulate(hit.begin(), hit.end(), 0); }

}  // namespace

TEST_CASE("precision, recall, hit rate: by hand") {
  // The list 7 3 9 1 4 and the relevant items 1, 3, 5, 8: places 2 and 4 are hits.
  //
  // k            1    2    3    4    5
  // hits         0    1    1    2    2
  // precision    0   1/2  1/3  2/4  2/5
  // recall       0   1/4  1/4  2/4  2/4
  // hit rate     0    1    1    1    1
  double const precision[] = {0, 1.0 / 2, 1.0 / 3, 2.0 / 4, 2.0 / 5};
  double const recall[] = {0, 1.0 / 4, 1.0 / 4, 2.0 / 4, 2.0 / 4};
  for (std::uint32_t k = 1; k <= 5; ++k) {
    CAPTURE(k);
    CHECK(judge(precision_at{k}, {7, 3, 9, 1, 4}, {1, 3, 5, 8}) == precision[k - 1]);
    CHECK(judge(recall_at{k}, {7, 3, 9, 1, 4}, {1, 3, 5, 8}) == recall[k - 1]);
    CHECK(judge(hit_rate_at{k}, {7, 3, 9, 1, 4}, {1, 3, 5, 8}) == (k == 1 ? 0 : 1));
  }
}

TEST_CASE("precision divides by k, however short the list and however few the relevant items") {
  CHECK(judge(precision_at{10}, {3}, {3}) == 0.1);
  CHECK(judge(precision_at{10}, {3, 4, 5}, {3, 4, 5, 6}) == 0.3);
}

TEST_CASE("recall divides by all relevant items, also where they exceed k") {
  CHECK(judge(recall_at{2}, {1, 2}, {1, 2, 3, 4, 5}) == 2.0 / 5);
  CHECK(judge(recall_at{2}, {1, 2}, {2}) == 1);
}

TEST_CASE("precision, recall, hit rate: empty lists and nothing relevant give 0") {
  CHECK(judge(precision_at{}, {}, {1}) == 0);
  CHECK(judge(recall_at{}, {}, {1}) == 0);
  CHECK(judge(hit_rate_at{}, {}, {1}) == 0);
  CHECK(judge(precision_at{}, {1}, {}) == 0);
  CHECK(judge(recall_at{}, {1}, {}) == 0);
  CHECK(judge(hit_rate_at{}, {1}, {}) == 0);
}

TEST_CASE("the default k is 10") {
  CHECK(precision_at{}.k == 10);
  CHECK(recall_at{}.k == 10);
  CHECK(hit_rate_at{}.k == 10);
}

TEST_CASE("precision, recall, hit rate: as counted in a set") {
  CHECK(support::largest_difference([](std::uint32_t k) { return precision_at{k}; },
                                    [](auto const& one) { return static_cast<double>(count(one.hits())) / one.k; }) ==
        0);
  CHECK(support::largest_difference([](std::uint32_t k) { return recall_at{k}; },
                                    [](auto const& one) {
                                      return one.relevant.empty()
                                                 ? 0
                                                 : count(one.hits()) / static_cast<double>(one.relevant.size());
                                    }) == 0);
  CHECK(support::largest_difference([](std::uint32_t k) { return hit_rate_at{k}; },
                                    [](auto const& one) { return count(one.hits()) > 0 ? 1.0 : 0.0; }) == 0);
}
