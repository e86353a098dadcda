// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/closest.hpp>

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

using kindred::closest;
using kindred::index_t;
using kindred::neighbor;

TEST_CASE_TEMPLATE("closest: keeps what sorting everything keeps, in any order", T, float, double) {
  for (std::size_t const keep : {1u, 3u, 10u, 1000u}) {
    closest<T> best(keep);
    for (std::uint64_t seed = 0; seed != 20; ++seed) {
      std::vector<neighbor<T>> all;
      for (index_t id = 0; id != 300; ++id)  // few values, so that many are tied
        all.push_back({id, static_cast<T>(1 + kindred::mix(seed, id) % 40) / T{8}});
      best.clear();
      for (std::size_t k = 0; k != all.size(); ++k) best.offer(all[(k * 7 + seed) % all.size()]);
      std::sort(all.begin(), all.end(), kindred::is_closer<T>);
      all.resize((std::min)(keep, all.size()));
      auto const found = best.sorted();
      REQUIRE(found.size() == all.size());
      CHECK(std::equal(found.begin(), found.end(), all.begin()));
    }
  }
}

TEST_CASE_TEMPLATE("closest: the least value and the highest ids", T, float, double) {
  closest<T> best(2);
  constexpr T least = std::numeric_limits<T>::denorm_min();
  best.offer({kindred::index_limit, least});
  best.offer({kindred::index_limit - 1, least});
  best.offer({0, 2 * least});
  auto const found = best.sorted();
  REQUIRE(found.size() == 2);
  CHECK(found[0] == neighbor<T>{0, 2 * least});
  CHECK(found[1] == neighbor<T>{kindred::index_limit - 1, least});
}
