// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/all_pairs.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/similarity/weighted_by.hpp>

#include <doctest/doctest.h>

#include <vector>

namespace {

// [model]
// Only what was liked counts, and by how much more than `from` stars; the rest is as good as not rated.
struct only_likes {
  double from = 3;

  template <kindred::entity_id Row, kindred::real T>
  kindred::ratings<T> prepare(kindred::ratings<T> const& data) const {
    return kindred::revalued<Row>(
        data, [&](kindred::index_t, kindred::index_t, double stars) { return stars > from ? stars - from : 0.0; });
  }
};
static_assert(kindred::weighting<only_likes, float, kindred::user_id>);
static_assert(kindred::weighting<only_likes, float, kindred::item_id>);
// [/model]

}  // namespace

TEST_CASE("the minimal weighting at work") {
  using kindred::item_id;
  using kindred::user_id;
  kindred::rating_table<float> said;
  auto const say = [&](kindred::index_t user, kindred::index_t item, float stars) {
    said.add(user_id{user}, item_id{item}, stars);
  };
  say(0, 0, 5), say(0, 1, 1), say(0, 2, 4), say(1, 0, 4), say(1, 1, 2), say(1, 2, 5);
  auto const ratings = kindred::ratings<float>::from(said);
  kindred::sequential threads;
  // [use]
  kindred::weighted_by<only_likes, kindred::cosine> const how;
  auto const& seen = kindred::prepared<item_id>(how, ratings);
  auto const near = kindred::all_pairs(seen.by_item(), seen.by_user(), how, {.keep = 10}, threads);
  // [/use]
  // Items 0 and 2 are (2, 1) and (1, 2), a cosine of 4/5; nobody likes item 1.
  REQUIRE(near.of(0).size() == 1);
  CHECK(near.of(0)[0].id == 2);
  CHECK(near.of(0)[0].value == doctest::Approx(0.8));
  CHECK(near.of(1).empty());
}
