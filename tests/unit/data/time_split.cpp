// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/time_split.hpp>

#include "../../support/splits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

using kindred::index_t;
using kindred::since;
using kindred::time_split;
using kindred::user_id;
using kindred::user_time_split;
using support::pairs_of;
using support::timed_ratings_of;

using pairs = std::vector<std::pair<index_t, index_t>>;

namespace {

// One user with items 0 ... n - 1 at these times.
kindred::ratings<float> at_times(std::vector<std::int64_t> const& times) {
  std::vector<support::seen_at> list;
  for (std::size_t k = 0; k != times.size(); ++k) list.push_back({0, static_cast<index_t>(k), 3, times[k]});
  return timed_ratings_of<float>(list);
}

}  // namespace

TEST_CASE_TEMPLATE("splits by time: the laws", T, float, double) {
  support::check_any_splitter<T>(since{-10});
  for (double const fraction : {0.0, 0.01, 0.2, 0.5, 0.99, 1.0}) {
    support::check_any_splitter<T>(time_split{fraction});
    support::check_any_splitter<T>(user_time_split{fraction});
  }
}

TEST_CASE("since: from the instant on") {
  auto const data = timed_ratings_of<float>({{0, 0, 1, 9}, {0, 1, 1, 10}, {1, 0, 1, 11}, {1, 2, 1, -10}});
  CHECK(pairs_of(since{10}.split(data).second) == pairs{{0, 1}, {1, 0}});
  CHECK(since{12}.split(data).second.empty());
  CHECK(since{(std::numeric_limits<std::int64_t>::min)()}.split(data).first.empty());
}

TEST_CASE("time_split: the latest of all, by hand") {
  // Ten ratings at times 0 to 9: the latest fifth are those at 8 and 9.
  CHECK(pairs_of(time_split{0.2}.split(at_times({3, 8, 1, 0, 9, 2, 4, 5, 6, 7})).second) == pairs{{0, 1}, {0, 4}});
  // 0.25 of ten, rounded down, are two.
  CHECK(time_split{0.25}.split(at_times({0, 1, 2, 3, 4, 5, 6, 7, 8, 9})).second.size() == 2);
  // 0.29 of 100 are 29, though 0.29 * 100 is less in floating point.
  std::vector<std::int64_t> hundred(100);
  for (std::size_t k = 0; k != 100; ++k) hundred[k] = static_cast<std::int64_t>(k);
  CHECK(time_split{0.29}.split(at_times(hundred)).second.size() == 29);
  CHECK(user_time_split{0.29}.split(at_times(hundred)).second.size() == 29);
}

TEST_CASE("time_split: equal times stay together, in the past") {
  // The latest two of five would part the three at 7: they all stay, and one is held out.
  CHECK(pairs_of(time_split{0.4}.split(at_times({7, 1, 7, 9, 7})).second) == pairs{{0, 3}});
  CHECK(pairs_of(time_split{0.8}.split(at_times({7, 1, 7, 9, 7})).second) == pairs{{0, 0}, {0, 2}, {0, 3}, {0, 4}});
  CHECK(time_split{0.5}.split(at_times({7, 7, 7, 7})).second.empty());
  CHECK(time_split{1}.split(at_times({7, 7, 7, 7})).first.empty());
  CHECK(time_split{0}.split(at_times({7, 8})).second.empty());
}

TEST_CASE("time_split: nobody learns from what comes later, and no larger part would do") {
  for (std::uint64_t seed = 0; seed != 20; ++seed) {
    auto const list = support::random_timed_list(20, 20, 0.3, seed);
    auto const data = timed_ratings_of<double>(list);
    double const fraction = 0.05 * static_cast<double>(seed);
    auto const [train, test] = time_split{fraction}.split(data);
    std::int64_t last = -1000, first = 1000;
    for (auto const& s : list) {
      if (train.contains(user_id{s.user}, kindred::item_id{s.item})) last = (std::max)(last, s.time);
      else first = (std::min)(first, s.time);
    }
    CHECK(last < first);
    auto const asked = fraction * static_cast<double>(list.size());
    CHECK(static_cast<double>(test.size()) <= asked * (1 + 1e-12));
    auto const also = std::count_if(list.begin(), list.end(), [&](auto const& s) { return s.time == last; });
    CHECK(static_cast<double>(test.size()) + static_cast<double>(also) > asked - 1e-9);
  }
}

TEST_CASE("user_time_split: the latest of every user, by hand") {
  // User 0 has five ratings: 0.4 are two, the latest at 9, then of those at 7 the one of the higher item. User 1 has two:
  // 0.4 of them, rounded down, are none.
  auto const data = timed_ratings_of<float>(
      {{0, 0, 1, 7}, {0, 1, 1, 1}, {0, 2, 1, 7}, {0, 3, 1, 9}, {0, 4, 1, 2}, {1, 0, 1, 50}, {1, 1, 1, 60}});
  CHECK(pairs_of(user_time_split{0.4}.split(data).second) == pairs{{0, 2}, {0, 3}});
  CHECK(user_time_split{0}.split(data).second.empty());
  CHECK(user_time_split{1}.split(data).first.empty());
}

TEST_CASE("user_time_split: as from sorting every user's ratings") {
  auto const list = support::random_timed_list(40, 25, 0.5, 8);
  auto const data = timed_ratings_of<float>(list);
  auto const test = user_time_split{0.3}.split(data).second;
  for (index_t u = 0; u != 40; ++u) {
    std::vector<std::tuple<std::int64_t, index_t>> own;
    for (auto const& s : list)
      if (s.user == u) own.push_back({s.time, s.item});
    std::sort(own.begin(), own.end());
    std::size_t const count = own.size() * 3 / 10;
    CHECK(test.of(user_id{u}).size() == count);
    for (std::size_t k = own.size() - count; k != own.size(); ++k)
      CHECK(test.contains(user_id{u}, kindred::item_id{std::get<1>(own[k])}));
  }
}

TEST_CASE("splits by time: what is refused") {
  support::check_needs_times(since{}, "since");
  support::check_needs_times(time_split{}, "time_split");
  support::check_needs_times(user_time_split{}, "user_time_split");
  for (double const bad : {-0.5, 1.5, std::numeric_limits<double>::quiet_NaN()}) {
    support::check_refused(time_split{bad}, 0, "time_split: fraction = ");
    support::check_refused(user_time_split{bad}, 0, "user_time_split: fraction = ");
  }
  support::check_refused(since{}, 1, "since: fold 1");
  support::check_refused(time_split{}, 1, "time_split: fold 1");
  support::check_refused(user_time_split{}, 1, "user_time_split: fold 1");
}
