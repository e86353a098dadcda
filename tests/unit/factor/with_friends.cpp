// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/with_friends.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/factor/svdpp.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::svdpp;
using kindred::trust;
using kindred::trust_sense;
using kindred::user_id;
using kindred::with_friends;

static_assert(kindred::recipe<with_friends<>, kindred::ratings<float>>);

namespace {

struct all_one {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t) const noexcept {
    for (T& x : row) x = 1;
  }
};

// Two camps, of even and of odd users, who like the items of their own; user 40 has rated nothing, user 41 one item.
std::vector<support::seen> camps() {
  std::vector<support::seen> list;
  for (index_t u = 0; u != 40; ++u)
    for (index_t i = 0; i != 30; ++i)
      if (kindred::mix(7, u, i) % 3 != 0) list.push_back({u, i, u % 2 == i % 2 ? 5.0 : 2.0});
  list.push_back({41, 0, 3});
  return list;
}

}  // namespace

TEST_CASE_TEMPLATE("with_friends: one step by hand", T, float, double) {
  // User 0 rates item 0 with 5, user 1 with 3, and 0 trusts 1. SVD++ at the rate 0.1, p = q = 1, y = w = 0, mean 4: both
  // predict 5, user 0 is right. User 1 is wrong by 2: its p falls by 0.2, its share of y (1) moves y by -0.2, and nobody's w
  // moves, for 1 trusts nobody one way. So x(0) = 1 - 0.2, x(1) = 0.8 - 0.2, and mutual trust moves w(0): by -0.2 more.
  auto const data = support::ratings_of<T>({{0, 0, 5}, {1, 0, 3}});
  using base = svdpp<kindred::squared_loss, kindred::unregularized, kindred::constant_rate, all_one>;
  with_friends<base> how{.base = {.factors = 1, .epochs = 1, .rate = {0.1}},
                         .friends = {{user_id{0}, user_id{1}}},
                         .sense = trust_sense::one_way};
  auto const one_way = kindred::fit(how, data).model;
  CHECK(one_way.users().row(0)[0] == doctest::Approx(0.8));
  CHECK(one_way.users().row(1)[0] == doctest::Approx(0.6));
  how.sense = trust_sense::mutual;
  CHECK(kindred::fit(how, data).model.users().row(1)[0] == doctest::Approx(0.4));
  how.weight = 2;  // the share: twice in the step, twice in the sum
  CHECK(kindred::fit(how, data).model.users().row(1)[0] == doctest::Approx(-0.2));
}

TEST_CASE("with_friends: whom one trusts tells what one likes") {
  auto const data = support::ratings_of<float>(camps(), {42, 30});
  with_friends<svdpp<>> how{.base = {.factors = 4, .epochs = 60}};
  for (index_t u = 0; u != 40; ++u)
    for (index_t v = 0; v != 40; ++v)
      if (u % 2 == v % 2 && kindred::mix(8, u, v) % 5 == 0) how.friends.push_back({user_id{u}, user_id{v}});
  for (index_t v = 1; v < 12; v += 2) {
    how.friends.push_back({user_id{40}, user_id{v}});
    how.friends.push_back({user_id{41}, user_id{v}});
  }
  auto const model = kindred::fit(how, data).model;
  auto const alone = kindred::fit(how.base, data).model;
  CHECK(model.knows(user_id{40}));
  CHECK(!alone.knows(user_id{40}));
  for (index_t const u : {40u, 41u})
    CHECK(kindred::score_of(model, user_id{u}, item_id{3}) > kindred::score_of(model, user_id{u}, item_id{4}) + 0.3f);

  support::shuffled shuffled;
  CHECK(kindred::fit(how, data, shuffled).model == model);
  auto twice = how;
  twice.friends.insert(twice.friends.end(), how.friends.begin(), how.friends.end());
  twice.friends.push_back({user_id{3}, user_id{3}});
  twice.friends.push_back({user_id{3}, user_id{1000}});
  CHECK(kindred::fit(twice, data).model == model);
}

TEST_CASE("with_friends: trust in those who have rated nothing counts for nothing") {
  auto const data = support::ratings_of<float>(camps(), {42, 30});
  with_friends<> how{
      .base = {.factors = 4, .epochs = 2}, .friends = {{user_id{3}, user_id{5}}}, .sense = trust_sense::one_way};
  auto const model = kindred::fit(how, data).model;
  how.friends.push_back({user_id{3}, user_id{40}});
  CHECK(kindred::fit(how, data).model == model);
}

TEST_CASE("with_friends: without friends it is its base; settings") {
  auto const data = support::random_ratings<float>(40, 30, 0.3, 61);
  with_friends<> const how{.base = {.factors = 5, .epochs = 3}};
  CHECK(kindred::fit(how, data).model == kindred::fit(how.base, data).model);
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(with_friends<>{.weight = -1}, data)); });
  CHECK(support::says(e, "with_friends: weight = -1"));
}
