// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/statistics.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <vector>

using doctest::Approx;
using kindred::statistics;

TEST_CASE_TEMPLATE("statistics: by hand", T, float, double) {
  // 4 users and 6 items, of which user 3 and item 5 have no rating:
  //
  //          item 0  1  2  3  4
  // user 0        5  3  1  .  .
  // user 1        4  .  .  .  .
  // user 2        5  2  .  3  1
  //
  // 8 ratings of 4 x 6. Sum 24, mean 3; about it 4 0 4 1 4 1 0 4 = 18, deviation sqrt(18 / 8) = 1.5.
  // Users have 1 3 4: mean 8/3, median 3. Items have 1 1 1 2 3: mean 8/5, median 1.
  // The most rated fifth of five items is item 0, with 3 of 8: the long tail has 5/8.
  // Gini with n = 5: (-4 x 1 - 2 x 1 + 0 x 1 + 2 x 2 + 4 x 3) / (5 x 8) = 10/40.
  auto const s = statistics(support::ratings_of<T>(
      {{0, 0, 5}, {0, 1, 3}, {0, 2, 1}, {1, 0, 4}, {2, 0, 5}, {2, 1, 2}, {2, 3, 3}, {2, 4, 1}}, {4, 6}));
  CHECK(s.ratings == 8);
  CHECK(s.users == 4);
  CHECK(s.items == 6);
  CHECK(s.active_users == 3);
  CHECK(s.active_items == 5);
  CHECK(s.density == Approx(8.0 / 24));
  CHECK(s.mean == Approx(3));
  CHECK(s.deviation == Approx(1.5));
  CHECK(s.lowest == 1);
  CHECK(s.highest == 5);
  CHECK(s.per_user_mean == Approx(8.0 / 3));
  CHECK(s.per_user_median == 3);
  CHECK(s.per_item_mean == Approx(8.0 / 5));
  CHECK(s.per_item_median == 1);
  CHECK(s.long_tail_share == Approx(5.0 / 8));
  CHECK(s.item_gini == Approx(0.25));
}

TEST_CASE("statistics: of equals the mean is exact, and the deviation 0") {
  std::vector<support::seen> equals;
  for (kindred::index_t i = 0; i != 100; ++i) {
    equals.push_back({0, i, 3.5});
    auto const s = statistics(support::ratings_of<float>(equals));
    CHECK(s.mean == 3.5);
    CHECK(s.deviation == 0);
    CHECK(s.item_gini == 0);
  }
}

TEST_CASE("statistics: medians of even numbers, and the head rounded up") {
  // Items have 1 1 2 2 2 4 ratings: the median is 2, the head two items (a fifth of six, rounded up) with 6 of 12.
  // Users have 6 3 2 1: the median is 2.5.
  auto const s = statistics(support::ratings_of<float>({{0, 0, 1},
                                                        {0, 1, 1},
                                                        {0, 2, 1},
                                                        {0, 3, 1},
                                                        {0, 4, 1},
                                                        {0, 5, 1},
                                                        {1, 0, 1},
                                                        {1, 2, 1},
                                                        {1, 3, 1},
                                                        {2, 0, 1},
                                                        {2, 4, 1},
                                                        {3, 0, 1}}));
  CHECK(s.per_user_median == 2.5);
  CHECK(s.per_item_median == 2);
  CHECK(s.long_tail_share == Approx(6.0 / 12));
}

TEST_CASE("statistics: nothing, and one") {
  auto const none = statistics(kindred::ratings<float>{});
  CHECK(none.ratings == 0);
  CHECK(none.density == 0);
  CHECK(none.item_gini == 0);
  auto const strangers = statistics(support::ratings_of<float>({}, {7, 9}));
  CHECK(strangers.users == 7);
  CHECK(strangers.items == 9);
  CHECK(strangers.active_users == 0);
  CHECK(strangers.mean == 0);
  auto const one = statistics(support::ratings_of<double>({{0, 0, -2}}));
  CHECK(one.density == 1);
  CHECK(one.mean == -2);
  CHECK(one.deviation == 0);
  CHECK(one.lowest == -2);
  CHECK(one.highest == -2);
  CHECK(one.per_item_median == 1);
  CHECK(one.long_tail_share == 0);
  CHECK(one.item_gini == 0);
}

TEST_CASE("statistics: Gini is 0 among equals, and the mean difference of all pairs") {
  std::vector<support::seen> equals;
  for (kindred::index_t u = 0; u != 4; ++u)
    for (kindred::index_t i = 0; i != 5; ++i) equals.push_back({u, i, 3});
  CHECK(statistics(support::ratings_of<float>(equals)).item_gini == 0);

  // Sum of |c(a) - c(b)| over all ordered pairs, over 2 n^2 times the mean count.
  auto const list = support::random_list(50, 30, 0.2, 3);
  std::map<kindred::index_t, double> count;
  for (auto const& s : list) count[s.item] += 1;
  double apart = 0;
  for (auto const& [a, ca] : count)
    for (auto const& [b, cb] : count) apart += std::fabs(ca - cb);
  auto const expected = apart / (2 * static_cast<double>(count.size()) * static_cast<double>(list.size()));
  CHECK(statistics(support::ratings_of<float>(list)).item_gini == Approx(expected));
}
