// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/novelty.hpp>

#include <kindred/evaluate/item_shares.hpp>
#include <kindred/evaluate/measure_lists.hpp>

#include "../../support/error_of.hpp"
#include "../../support/judged_lists.hpp"
#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <span>
#include <vector>

using doctest::Approx;
using kindred::item_id;
using kindred::user_id;

namespace {

// Eight users; items 0 to 3 were rated by 8, 2, 1 and none of them.
kindred::ratings<float> popular() {
  std::vector<support::seen> list;
  for (kindred::index_t u = 0; u != 8; ++u) list.push_back({u, 0, 3});
  list.push_back({0, 1, 3});
  list.push_back({1, 1, 3});
  list.push_back({2, 2, 3});
  return support::ratings_of<float>(list, {8, 4});
}

}  // namespace

TEST_CASE("item_shares: shares, head and tail by hand") {
  // Of 11 ratings 80 % are 8.8: item 0 has 8, with item 1 the head has 10.
  kindred::item_shares const shares(popular());
  CHECK(shares.of(item_id{0}) == 1);
  CHECK(shares.of(item_id{1}) == 0.25);
  CHECK(shares.of(item_id{3}) == 0);
  CHECK(shares.of(item_id{9}) == 0);
  CHECK(shares.count_of(item_id{2}) == 1);
  CHECK_FALSE(shares.in_tail(item_id{0}));
  CHECK_FALSE(shares.in_tail(item_id{1}));
  CHECK(shares.in_tail(item_id{2}));
  CHECK(shares.in_tail(item_id{3}));
  CHECK(shares.in_tail(item_id{9}));
  CHECK(kindred::item_shares(popular(), 0).in_tail(item_id{0}));
  CHECK_FALSE(kindred::item_shares(popular(), 1).in_tail(item_id{2}));
  CHECK(kindred::item_shares(popular(), 1).in_tail(item_id{3}));
  CHECK(kindred::item_shares(kindred::ratings<double>{}).of(item_id{0}) == 0);
  auto const e = support::error_of([] { kindred::item_shares(popular(), 1.5); });
  CHECK(support::says(e, "head = 1.5"));
}

TEST_CASE("novelty, popularity_complement, tail_share: by hand") {
  kindred::item_shares const shares(popular());
  auto const said = [&](auto const& measure, std::initializer_list<kindred::index_t> list) {
    static_assert(kindred::list_measure<decltype(measure)>);
    auto const items = support::items(list);
    return measure(user_id{0}, std::span<item_id const>(items));
  };
  // -log2 of 8/8, 2/8, 1/8 is 0, 2, 3 bits; what nobody rated counts as if one had.
  CHECK(said(kindred::novelty(shares), {0}) == 0);
  CHECK(said(kindred::novelty(shares), {1, 2}) == Approx(2.5));
  CHECK(said(kindred::novelty(shares), {3}) == Approx(3));
  CHECK(said(kindred::novelty(shares), {}) == 0);
  CHECK(said(kindred::popularity_complement(shares), {0, 1, 3}) == Approx((0 + 0.75 + 1) / 3));
  CHECK(said(kindred::popularity_complement(shares), {}) == 0);
  CHECK(said(kindred::tail_share(shares), {0, 1, 2, 3}) == 0.5);
  CHECK(said(kindred::tail_share(shares), {}) == 0);
  kindred::item_shares const nobody{kindred::ratings<float>{}};
  CHECK(said(kindred::novelty(nobody), {0}) == 0);
}
