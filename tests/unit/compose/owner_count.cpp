// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/owner_count.hpp>

#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>

TEST_CASE("owner_count: of owners who leave on several threads exactly one is the last, and sees what all did") {
  constexpr std::size_t owners = 64;
  for (int round = 0; round != 20; ++round) {
    kindred::detail::owner_count count;
    CHECK(count.is_one());
    for (std::size_t k = 1; k != owners; ++k) count.add();
    CHECK(!count.is_one());
    std::array<int, owners> done{};
    std::array<int, owners> seen{};  // by the last: what all had done; by others nothing
    kindred::thread_pool pool(3);
    pool.bulk(owners, [&](std::size_t k) {
      done[k] = 1;
      if (count.leave())
        for (int const d : done) seen[k] += d;
    });
    int sum = 0;
    for (int const s : seen) sum += s;
    CHECK(sum == owners);
  }
}
