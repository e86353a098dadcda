// SPDX-License-Identifier: BSL-1.0
#include "shop.hpp"

#include <kindred/run/random.hpp>
#include <kindred/testing/friend_lists.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>

namespace testing = kindred::testing;
using kindred::index_t;
using kindred::user_id;

namespace {

// The cosine of two tastes.
double likeness(testing::person const& a, testing::person const& b) {
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t k = 0; k != testing::taste_count; ++k) {
    double const x = static_cast<double>(a.taste[k]), y = static_cast<double>(b.taste[k]);
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / std::sqrt(aa * bb);
}

}  // namespace

TEST_CASE("generate_friendships: each pair once, ascending, about as many as asked for") {
  auto const& pairs = shop().friendships;
  for (std::size_t k = 1; k < pairs.size(); ++k)
    REQUIRE(std::tie(pairs[k - 1].one, pairs[k - 1].other) < std::tie(pairs[k].one, pairs[k].other));
  CHECK(2 * static_cast<double>(pairs.size()) / 2000 == doctest::Approx(10).epsilon(0.1));
}

TEST_CASE("generate_friendships: friends are more alike than strangers, in taste, age and place") {
  auto const& people = shop().people;
  double friends = 0, strangers = 0, near_in_age = 0, far_in_age = 0, same_region = 0;
  kindred::random_stream random(1, 1);
  for (auto const& f : shop().friendships) {
    auto const& a = people[to_index(f.one)];
    auto const& b = people[to_index(f.other)];
    auto const& c = people[kindred::below(random, 2000)];
    friends += likeness(a, b);
    strangers += likeness(a, c);
    near_in_age += std::abs(a.age - b.age);
    far_in_age += std::abs(a.age - c.age);
    same_region += a.region == b.region ? 1 : 0;
  }
  auto const n = static_cast<double>(shop().friendships.size());
  CHECK(friends / n > 0.3);
  CHECK(strangers / n < 0.1);
  CHECK(near_in_age < 0.8 * far_in_age);
  CHECK(same_region / n > 0.5);  // strangers: one in eight
}

TEST_CASE("generate_friendships: friends of friends are friends far more often than by chance") {
  testing::friend_lists const friends(shop());
  double open = 0, closed = 0;
  for (index_t u = 0; u != 2000; ++u) {
    auto const mine = friends.of(user_id{u});
    for (std::size_t a = 0; a != mine.size(); ++a)
      for (std::size_t b = a + 1; b < mine.size(); ++b) {
        auto const theirs = friends.of(mine[a]);
        (std::binary_search(theirs.begin(), theirs.end(), mine[b]) ? closed : open) += 1;
      }
  }
  CHECK(closed / (open + closed) > 0.08);  // by chance: 10 / 2000
}

TEST_CASE("generate_friendships: some have many friends, some few") {
  testing::friend_lists const friends(shop());
  std::size_t most = 0, least = 2000;
  for (index_t u = 0; u != 2000; ++u) {
    most = (std::max)(most, friends.of(user_id{u}).size());
    least = (std::min)(least, friends.of(user_id{u}).size());
  }
  CHECK(most > 30);
  CHECK(most < 100);
  CHECK(least <= 3);
}

TEST_CASE("friend_lists: both ends of each pair, ascending") {
  testing::friendship const pairs[] = {{user_id{0}, user_id{2}}, {user_id{0}, user_id{3}}, {user_id{2}, user_id{3}}};
  testing::friend_lists const friends(pairs, 5);
  CHECK(friends.of(user_id{0}).size() == 2);
  CHECK(friends.of(user_id{1}).empty());
  CHECK(friends.of(user_id{4}).empty());
  CHECK(friends.of(user_id{3})[0] == user_id{0});
  CHECK(friends.of(user_id{3})[1] == user_id{2});
  testing::friend_lists const of_shop(shop());
  for (index_t u = 0; u != 2000; ++u) {
    auto const mine = of_shop.of(user_id{u});
    REQUIRE(std::is_sorted(mine.begin(), mine.end()));
  }
}
