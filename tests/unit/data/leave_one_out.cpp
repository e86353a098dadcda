// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/leave_one_out.hpp>
#include <kindred/data/random_holdout.hpp>

#include "../../support/splits.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

using kindred::index_t;
using kindred::leave_last_out;
using kindred::leave_one_out;
using kindred::user_id;

using pairs = std::vector<std::pair<index_t, index_t>>;

TEST_CASE_TEMPLATE("leave_one_out, leave_last_out: the laws", T, float, double) {
  support::check_any_splitter<T>(leave_one_out{});
  support::check_any_splitter<T>(leave_one_out{.seed = 5});
  support::check_any_splitter<T>(leave_last_out{});
}

TEST_CASE("leave_one_out: one rating of every user with two or more") {
  auto const data = support::random_ratings<float>(300, 8, 0.25, 4);
  auto const [train, test] = leave_one_out{}.split(data);
  for (index_t u = 0; u != data.user_count(); ++u)
    CHECK(test.of(user_id{u}).size() == (data.of(user_id{u}).size() >= 2 ? 1 : 0));
}

TEST_CASE("leave_one_out: every rating of a user has the same chance") {
  // 1000 users with the items 0 to 3: each is held out 250 times, give or take five standard deviations, 68.
  std::vector<support::seen> list;
  for (index_t u = 0; u != 1000; ++u)
    for (index_t i = 0; i != 4; ++i) list.push_back({u, i, 3});
  auto const test = leave_one_out{.seed = 1}.split(support::ratings_of<float>(list)).second;
  for (index_t i = 0; i != 4; ++i)
    CHECK(std::fabs(static_cast<double>(test.of(kindred::item_id{i}).size()) - 250) < 68);
}

TEST_CASE("leave_one_out: the one held out stays so when others of the user are taken away") {
  auto const data = support::random_ratings<float>(40, 20, 0.5, 4);
  auto const test = leave_one_out{}.split(data).second;
  std::vector<std::uint8_t> keep(data.size());
  std::size_t k = 0;
  for (auto const& [u, i] : support::pairs_of(data))
    keep[k++] = test.contains(user_id{u}, kindred::item_id{i}) || kindred::mix(u, i) % 2 == 0;
  auto const fewer = data.selected(keep);
  auto const still = leave_one_out{}.split(fewer).second;
  for (index_t u = 0; u != data.user_count(); ++u) {
    if (fewer.of(user_id{u}).size() < 2) continue;
    REQUIRE(still.of(user_id{u}).size() == 1);
    CHECK(still.of(user_id{u}).index[0] == test.of(user_id{u}).index[0]);
  }
}

TEST_CASE("leave_one_out: a holdout from what it leaves has the size asked for, from the same seed too") {
  auto const train = leave_one_out{}.split(support::random_ratings<float>(2000, 10, 0.3, 4)).first;
  auto const n = static_cast<double>(train.size());
  auto const held_out = static_cast<double>(kindred::random_holdout{.fraction = 0.5}.split(train).second.size());
  CHECK(std::fabs(held_out - n / 2) < 5 * std::sqrt(n / 4));
}

TEST_CASE("leave_last_out: by hand") {
  // User 0: the latest is item 1. User 1: items 2 and 5 are equally late. User 2 has one rating, user 3 times below zero.
  auto const data = support::timed_ratings_of<float>({{0, 0, 1, 10},
                                                      {0, 1, 1, 30},
                                                      {0, 7, 1, 20},
                                                      {1, 2, 1, 5},
                                                      {1, 3, 1, 4},
                                                      {1, 5, 1, 5},
                                                      {2, 0, 1, 99},
                                                      {3, 0, 1, -1},
                                                      {3, 1, 1, -2}});
  CHECK(support::pairs_of(leave_last_out{}.split(data).second) == pairs{{0, 1}, {1, 5}, {3, 0}});
}

TEST_CASE("leave_one_out, leave_last_out: what is refused") {
  support::check_needs_times(leave_last_out{}, "leave_last_out");
  support::check_refused(leave_one_out{}, 1, "leave_one_out: fold 1");
  support::check_refused(leave_last_out{}, 7, "leave_last_out: fold 7");
}
