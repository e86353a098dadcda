// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/balanced_groups.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace {

using kindred::index_t;
using kindred::detail::balanced_groups;

// How much each group has.
std::vector<std::uint64_t> sums(balanced_groups const& groups, std::vector<std::uint64_t> const& count) {
  std::vector<std::uint64_t> sum(groups.begin.size() - 1);
  for (std::size_t g = 0; g != sum.size(); ++g)
    for (std::size_t k = groups.begin[g]; k != groups.begin[g + 1]; ++k) sum[g] += count[groups.member[k]];
  return sum;
}

// 1, 1/2, 1/3 ... of 3000, and every seventh has nothing.
std::vector<std::uint64_t> long_tail() {
  std::vector<std::uint64_t> count(500);
  for (std::size_t k = 0; k != count.size(); ++k) count[k] = k % 7 == 6 ? 0 : 3000 / (k + 1);
  return count;
}

std::vector<index_t> first(index_t ids) {
  std::vector<index_t> all(ids);
  std::iota(all.begin(), all.end(), index_t{0});
  return all;
}

std::vector<index_t> sorted(std::vector<index_t> all) {
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

TEST_CASE("balanced_groups: dealt out by hand") {
  // 8 to the first; 4, 2 and 2 to the second, which has less each time; 1 to the first of two that have 8.
  std::vector<std::uint64_t> const count = {2, 0, 8, 1, 4, 2};
  auto const groups = kindred::detail::deal(6, 2, 1, [&](index_t k) { return count[k]; });
  CHECK(sums(groups, count) == std::vector<std::uint64_t>{9, 8});
  CHECK(sorted(groups.member) == std::vector<index_t>{0, 2, 3, 4, 5});
  CHECK(groups.largest() == 3);
}

TEST_CASE("balanced_groups: about equally much, whatever the tail") {
  auto const count = long_tail();
  auto const count_of = [&](index_t k) { return count[k]; };
  std::uint64_t total = 0;
  for (auto const c : count) total += c;
  auto const dealt = kindred::detail::deal(500, 4, 9, count_of);
  auto const cut = kindred::detail::cut(first(500), 4, total, count_of);
  CHECK(sorted(dealt.member) == cut.member);
  auto const much = sums(dealt, count);
  CHECK(*std::max_element(much.begin(), much.end()) - *std::min_element(much.begin(), much.end()) <= 6);
  // Ranges differ by what stands at their ends, here by the one who has most.
  for (auto const sum : sums(cut, count)) CHECK(sum <= total / 4 + 3000);
  CHECK(kindred::detail::deal(500, 4, 9, count_of).member == dealt.member);
  CHECK(kindred::detail::deal(500, 4, 10, count_of).member != dealt.member);
}

TEST_CASE("balanced_groups: nobody, and more groups than members") {
  auto const none = kindred::detail::cut(first(3), 2, 0, [](index_t) { return std::uint64_t{0}; });
  CHECK(none.member.empty());
  CHECK(none.begin == std::vector<std::size_t>{0, 0, 0});
  CHECK(none.largest() == 0);
  auto const one = [](index_t) { return std::uint64_t{1}; };
  CHECK(sums(kindred::detail::deal(2, 3, 0, one), {1, 1}) == std::vector<std::uint64_t>{1, 1, 0});
  CHECK(sums(kindred::detail::cut(first(2), 3, 2, one), {1, 1}) == std::vector<std::uint64_t>{1, 1, 0});
}

TEST_CASE("balanced_groups: cut in the order that is given") {
  std::vector<std::uint64_t> const count = {2, 0, 8, 1, 4, 2};
  auto const groups = kindred::detail::cut({5, 2, 1, 0, 4, 3}, 2, 17, [&](index_t k) { return count[k]; });
  CHECK(groups.member == std::vector<index_t>{5, 2, 0, 4, 3});
  CHECK(groups.begin == std::vector<std::size_t>{0, 2, 5});
}

TEST_CASE("balanced_groups: in runs of neighbors") {
  auto const order = [](std::size_t n, std::size_t run, std::uint64_t seed) {
    std::vector<index_t> met;
    kindred::detail::each_in_runs(n, run, seed, [&](index_t k) { met.push_back(k); });
    return met;
  };
  auto const dealt = order(1000, 7, 3);
  CHECK(sorted(dealt) == first(1000));
  std::size_t neighbors = 0;
  for (std::size_t k = 1; k != dealt.size(); ++k) neighbors += dealt[k] == dealt[k - 1] + 1 ? 1u : 0u;
  CHECK(neighbors >= 1000 - 143);
  CHECK(neighbors < 1000 - 130);
  CHECK(order(1000, 7, 3) == dealt);
  CHECK(order(1000, 7, 4) != dealt);
  CHECK(order(10, 10, 3) == first(10));
  CHECK(order(0, 5, 3).empty());
}

TEST_CASE("balanced_groups: where even ranges begin") {
  auto const begin_of = [](std::vector<std::uint64_t> const& count) {
    std::uint64_t total = 0;
    for (std::uint64_t const n : count) total += n;
    auto const begin =
        kindred::detail::even_ranges<3>(static_cast<index_t>(count.size()), total, [&](index_t k) { return count[k]; });
    return std::vector<index_t>(begin.begin(), begin.end());
  };
  CHECK(begin_of({1, 1, 1, 1, 1, 1}) == std::vector<index_t>{0, 2, 4, 6});
  CHECK(begin_of({5, 1, 0, 3}) == std::vector<index_t>{0, 1, 2, 4});
  CHECK(begin_of({9, 1, 1}) == std::vector<index_t>{0, 1, 1, 3});  // one has more than two ranges should
  CHECK(begin_of({0, 0}) == std::vector<index_t>{0, 0, 0, 2});
  CHECK(begin_of({}) == std::vector<index_t>{0, 0, 0, 0});
}
