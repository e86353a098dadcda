// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/vote_ranks.hpp>

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

TEST_CASE_TEMPLATE("vote_ranks: gives back in order what a map holds, as far as it is asked, and forgets all", T, float,
                   double) {
  using ranks = kindred::detail::vote_ranks<T>;
  for (std::size_t const size : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{8}, std::size_t{9},
                                 std::size_t{100}, ranks::most}) {
    ranks votes(size);
    for (std::size_t round = 0; round != 6; ++round) {
      kindred::random_stream random(11, size * 8 + round);
      std::map<std::size_t, T> twin;
      for (std::size_t k = 0; k != size / 2; ++k) {
        auto const at = kindred::below(random, static_cast<std::uint32_t>(size));
        votes.set(at, static_cast<T>(k));
        twin[at] = static_cast<T>(k);
      }
      votes.set(size, T{-1});  // nobody's place, never read
      std::size_t const asked = round % 2 == 0 ? size + 1 : 3;
      std::vector<std::pair<std::size_t, T>> seen;
      votes.drain([&](std::size_t at, T number) {
        seen.emplace_back(at, number);
        return seen.size() != asked;
      });
      std::vector<std::pair<std::size_t, T>> expected(twin.begin(), twin.end());
      if (expected.size() > asked) expected.resize(asked);
      CHECK(seen == expected);
    }
  }
}
