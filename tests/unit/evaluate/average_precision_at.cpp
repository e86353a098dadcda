// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/average_precision_at.hpp>

#include "../../support/judged_lists.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

using doctest::Approx;
using kindred::average_precision_at;
using kindred::reciprocal_rank_at;
using support::judge;

TEST_CASE("average precision: by hand") {
  // The list 7 3 9 1 4 and the relevant items 1, 3, 5, 8. Hits at place 2, where 1 of 2 is a hit, and at 4: 2 of 4.
  //
  // k = 1: 0.   k = 2: (1/2) / min(2, 4) = 1/4.   k = 3: (1/2) / 3 = 1/6.   k = 4, 5: (1/2 + 2/4) / 4 = 1/4.
  double const expected[] = {0, 1.0 / 4, 1.0 / 6, 1.0 / 4, 1.0 / 4};
  for (std::uint32_t k = 1; k <= 5; ++k) {
    CAPTURE(k);
    CHECK(judge(average_precision_at{k}, {7, 3, 9, 1, 4}, {1, 3, 5, 8}) == Approx(expected[k - 1]).epsilon(1e-15));
  }
}

TEST_CASE("average precision: a perfect list has 1, with fewer and with more relevant items than k") {
  CHECK(judge(average_precision_at{3}, {2, 5, 9}, {2, 5}) == 1);
  CHECK(judge(average_precision_at{3}, {2, 5, 9}, {2, 5, 9}) == 1);
  CHECK(judge(average_precision_at{3}, {2, 5, 9}, {1, 2, 5, 7, 9}) == 1);
}

TEST_CASE("average precision: places that a short list lacks are wrong") {
  // Two of three possible hits: (1 + 1) / 3.
  CHECK(judge(average_precision_at{5}, {2, 5}, {2, 5, 9}) == Approx(2.0 / 3));
}

TEST_CASE("reciprocal rank: by hand") {
  CHECK(judge(reciprocal_rank_at{10}, {3, 1, 2}, {3}) == 1);
  CHECK(judge(reciprocal_rank_at{10}, {3, 1, 2}, {1, 2}) == 1.0 / 2);
  CHECK(judge(reciprocal_rank_at{10}, {3, 1, 2}, {2}) == 1.0 / 3);
  CHECK(judge(reciprocal_rank_at{3}, {3, 1, 2}, {2}) == 1.0 / 3);
  CHECK(judge(reciprocal_rank_at{2}, {3, 1, 2}, {2}) == 0);
  CHECK(judge(reciprocal_rank_at{10}, {3, 1, 2}, {7}) == 0);
}

TEST_CASE("average precision, reciprocal rank: empty lists and nothing relevant give 0; the default k is 10") {
  CHECK(judge(average_precision_at{}, {}, {1}) == 0);
  CHECK(judge(average_precision_at{}, {1}, {}) == 0);
  CHECK(judge(reciprocal_rank_at{}, {}, {1}) == 0);
  CHECK(judge(reciprocal_rank_at{}, {1}, {}) == 0);
  CHECK(average_precision_at{}.k == 10);
  CHECK(reciprocal_rank_at{}.k == 10);
}

TEST_CASE("average precision: the mean of the precisions at the hits") {
  CHECK(support::largest_difference([](std::uint32_t k) { return average_precision_at{k}; },
                                    [](auto const& one) {
                                      auto const hit = one.hits();
                                      double sum = 0;
                                      for (std::size_t p = 0; p != hit.size(); ++p) {
                                        if (hit[p] == 0) continue;
                                        auto const so_far = std::count(
                                            hit.begin(), hit.begin() + static_cast<std::ptrdiff_t>(p) + 1, 1);
                                        sum += static_cast<double>(so_far) / static_cast<double>(p + 1);
                                      }
                                      auto const possible = (std::min)(std::size_t{one.k}, one.relevant.size());
                                      return possible == 0 ? 0 : sum / static_cast<double>(possible);
                                    }) < 1e-15);
}

TEST_CASE("reciprocal rank: of the first hit") {
  CHECK(support::largest_difference([](std::uint32_t k) { return reciprocal_rank_at{k}; },
                                    [](auto const& one) {
                                      auto const hit = one.hits();
                                      auto const first = std::find(hit.begin(), hit.end(), 1);
                                      return first == hit.end() ? 0 : 1 / static_cast<double>(first - hit.begin() + 1);
                                    }) == 0);
}
