// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/rolling_windows.hpp>

#include "../../support/splits.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

using kindred::index_t;
using kindred::rolling_windows;
using support::pairs_of;
using support::timed_ratings_of;

using pairs = std::vector<std::pair<index_t, index_t>>;

TEST_CASE_TEMPLATE("rolling_windows: the laws, but that it leaves the future out", T, float, double) {
  auto const data = timed_ratings_of<T>(support::random_timed_list(30, 20, 0.4, 1), {33, 22});
  for (auto const& how :
       {rolling_windows{.count = 4, .width = 20}, rolling_windows{.count = 3, .width = 9, .history = 25},
        rolling_windows{.count = 1, .width = 1000}})
    for (auto const& any : {data, kindred::ratings<T>{}, timed_ratings_of<T>({{0, 0, 1, 5}})}) {
      auto const law = kindred::testing::check_splitter(how, any, kindred::testing::coverage::part);
      CHECK_MESSAGE(law.holds(), std::string(law.message()));
    }
}

TEST_CASE("rolling_windows: by hand") {
  // Times 0 to 9 of items 0 to 9. Windows of three that end with 9: 1 to 3, 4 to 6, 7 to 9.
  std::vector<support::seen_at> list;
  for (index_t i = 0; i != 10; ++i) list.push_back({0, i, 3, i});
  auto const data = timed_ratings_of<float>(list);
  rolling_windows const all{.count = 3, .width = 3};
  CHECK(pairs_of(all.split(data, 0).first) == pairs{{0, 0}});
  CHECK(pairs_of(all.split(data, 0).second) == pairs{{0, 1}, {0, 2}, {0, 3}});
  CHECK(pairs_of(all.split(data, 1).first) == pairs{{0, 0}, {0, 1}, {0, 2}, {0, 3}});
  CHECK(pairs_of(all.split(data, 2).second) == pairs{{0, 7}, {0, 8}, {0, 9}});
  rolling_windows const recent{.count = 3, .width = 3, .history = 2};
  CHECK(pairs_of(recent.split(data, 1).first) == pairs{{0, 2}, {0, 3}});
  CHECK(pairs_of(recent.split(data, 2).first) == pairs{{0, 5}, {0, 6}});
  CHECK(recent.split(data, 2).second == all.split(data, 2).second);
}

TEST_CASE("rolling_windows: times as far apart as they can be") {
  auto const data = timed_ratings_of<float>({{0, 0, 1, (std::numeric_limits<std::int64_t>::min)()},
                                             {0, 1, 1, 0},
                                             {0, 2, 1, (std::numeric_limits<std::int64_t>::max)()}});
  rolling_windows const widest{.count = 3, .width = (std::numeric_limits<std::int64_t>::max)()};
  CHECK(pairs_of(widest.split(data, 2).second) == pairs{{0, 2}});
  CHECK(pairs_of(widest.split(data, 2).first) == pairs{{0, 0}, {0, 1}});
  CHECK(pairs_of(widest.split(data, 1).second) == pairs{{0, 1}});
  auto const all = rolling_windows{.count = 2, .width = 1, .history = (std::numeric_limits<std::int64_t>::max)()};
  CHECK(pairs_of(all.split(data, 1).first) == pairs{{0, 1}});
}

TEST_CASE("rolling_windows: what is refused") {
  support::check_needs_times(rolling_windows{}, "rolling_windows");
  support::check_refused(rolling_windows{.count = 0}, 0, "count = 0");
  support::check_refused(rolling_windows{.width = 0}, 0, "width = 0");
  support::check_refused(rolling_windows{.history = -1}, 0, "history = -1");
  support::check_refused(rolling_windows{.count = 3}, 3, "rolling_windows: fold 3");
}
