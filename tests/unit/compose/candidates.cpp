// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/candidates.hpp>

#include "../../support/ratings.hpp"

#include <kindred/testing/laws/candidates.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

using kindred::all_items;
using kindred::allowed;
using kindred::index_t;
using kindred::item_id;
using kindred::unseen;
using kindred::user_id;
using kindred::where;

static_assert(kindred::candidates<all_items> && kindred::candidates<unseen> && kindred::candidates<allowed>);
static_assert(kindred::candidate_set<all_items> && kindred::candidate_set<unseen> && !kindred::candidate_set<allowed>);
static_assert(!kindred::candidates<std::vector<item_id>> && !kindred::candidates<int>);

namespace {

// What a set hands out, asked for `size` at a time. It must not write beyond what it says, and must stay at its end.
template <kindred::candidates C>
std::vector<index_t> drained(C const& set, std::size_t size) {
  item_id const untouched{kindred::index_limit};
  std::vector<index_t> all;
  std::vector<item_id> out(size + 1, untouched);
  std::size_t cursor = 0;
  while (std::size_t const count = set.next(cursor, std::span<item_id>(out).first(size))) {
    REQUIRE(count <= size);
    for (std::size_t k = 0; k != count; ++k) all.push_back(kindred::to_index(out[k]));
  }
  CHECK(out[size] == untouched);
  CHECK(set.next(cursor, std::span<item_id>(out).first(size)) == 0);
  return all;
}

template <kindred::candidates C>
void check_all(C const& set, std::vector<index_t> const& expected) {
  for (std::size_t const size : {1u, 2u, 3u, 7u, 256u, 5000u}) CHECK(drained(set, size) == expected);
  CHECK(kindred::testing::check_candidates(set).holds());
  std::size_t cursor = 0;
  CHECK(set.next(cursor, {}) == 0);
}

}  // namespace

TEST_CASE("all_items: 0 to count - 1") {
  check_all(all_items{0}, {});
  check_all(all_items{1}, {0});
  check_all(all_items{5}, {0, 1, 2, 3, 4});
  CHECK(drained(all_items{1000}, 256).size() == 1000);
}

TEST_CASE("unseen: the catalog without what the user rated") {
  auto const data = support::ratings_of<float>({{0, 0, 1}, {0, 1, 1}, {0, 5, 1}, {0, 9, 1}, {1, 4, 1}}, {4, 10});
  check_all(unseen(data, user_id{0}), {2, 3, 4, 6, 7, 8});
  check_all(unseen(data, user_id{1}), {0, 1, 2, 3, 5, 6, 7, 8, 9});
  check_all(unseen(data, user_id{2}), {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});   // rated nothing
  check_all(unseen(data, user_id{99}), {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});  // nobody
  check_all(unseen(kindred::ratings<float>{}, user_id{0}), {});
}

TEST_CASE("unseen: nothing is left when everything is rated") {
  std::vector<support::seen> list;
  for (index_t i = 0; i != 600; ++i) list.push_back({0, i, 1});
  auto const data = support::ratings_of<double>(list);
  check_all(unseen(data, user_id{0}), {});
}

TEST_CASE("unseen: agrees with looking every item up") {
  auto const data = support::random_ratings<float>(20, 700, 0.5, 51);
  for (index_t u = 0; u != 21; ++u) {
    std::vector<index_t> expected;
    for (index_t i = 0; i != 700; ++i)
      if (!data.contains(user_id{u}, item_id{i})) expected.push_back(i);
    for (std::size_t const size : {1u, 100u, 256u}) CHECK(drained(unseen(data, user_id{u}), size) == expected);
  }
}

TEST_CASE("allowed: just these, in their order") {
  std::vector<item_id> const shelf{item_id{7}, item_id{2}, item_id{4'000'000'000u}, item_id{0}};
  check_all(allowed{shelf}, {7, 2, 4'000'000'000u, 0});
  check_all(allowed{}, {});
}

TEST_CASE("where: those for which the predicate holds") {
  auto const even = [](item_id i) { return kindred::to_index(i) % 2 == 0; };
  check_all(where(all_items{9}, even), {0, 2, 4, 6, 8});
  check_all(where(all_items{0}, even), {});
  // Long stretches without a candidate, longer than a block.
  check_all(where(all_items{3000}, [](item_id i) { return kindred::to_index(i) % 1000 == 999; }), {999, 1999, 2999});
  check_all(where(all_items{3000}, [](item_id) { return false; }), {});
}

TEST_CASE("where: takes what captures, what is a function, and another where") {
  std::vector<int> const stock{0, 3, 1, 0, 2};
  auto const in_stock = [&](item_id i) { return stock[kindred::to_index(i)] != 0; };
  static_assert(kindred::candidates<where<all_items, decltype(in_stock)>>);
  check_all(where(all_items{5}, in_stock), {1, 2, 4});
  bool (*const first_three)(item_id) = [](item_id i) { return kindred::to_index(i) < 3; };
  check_all(where(where(all_items{5}, in_stock), first_three), {1, 2});
  auto const data = support::ratings_of<float>({{0, 2, 1}, {0, 4, 1}});
  check_all(where(unseen(data, user_id{0}), in_stock), {1});
}
