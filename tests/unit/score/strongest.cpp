// SPDX-License-Identifier: BSL-1.0
#include <kindred/score/strongest.hpp>

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

TEST_CASE_TEMPLATE("keep_strongest: keeps what sorting all would put first", T, float, double) {
  using reason = kindred::evidence<T>;
  for (std::uint64_t seed = 0; seed != 60; ++seed) {
    kindred::random_stream random(seed, 0);
    std::vector<reason> all;
    for (kindred::index_t k = 0; k != seed % 20; ++k)  // few different shares, of both signs: many ties
      all.push_back({kindred::evidence_kind::item, k, static_cast<T>(kindred::below(random, 7)) - 3});
    kindred::shuffle(random, std::span<reason>(all));
    auto sorted = all;
    std::sort(sorted.begin(), sorted.end(), [](reason const& a, reason const& b) {
      return std::abs(a.share) != std::abs(b.share) ? std::abs(a.share) > std::abs(b.share) : a.id < b.id;
    });
    for (std::size_t room = 0; room != 24; ++room) {
      std::vector<reason> out(room);
      std::size_t count = 0;
      for (reason const& one : all) count = kindred::keep_strongest(std::span<reason>(out), count, one);
      REQUIRE(count == (std::min)(room, all.size()));
      bool same = true;
      for (std::size_t k = 0; k != count; ++k)
        same = same && out[k].id == sorted[k].id && out[k].share == sorted[k].share;
      CHECK(same);
    }
  }
}
