// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/user_batches.hpp>

#include "../../support/ratings.hpp"

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <tuple>
#include <vector>

using kindred::index_t;
using kindred::user_id;

namespace {

template <class T>
std::vector<index_t> order_of(kindred::user_batches<T> const& batches, std::size_t b, std::size_t k) {
  std::vector<index_t> room(batches.rated_by(batches.users(b)[k]).size());
  auto const order = batches.order(b, k, room);
  return {order.begin(), order.end()};
}

}  // namespace

TEST_CASE_TEMPLATE("user_batches: every rating once, in an order of its own", T, float, double) {
  auto const data = support::random_ratings<T>(150, 40, 0.2, 21);
  kindred::user_batches<T> const batches(data, 3);
  using cell = std::tuple<index_t, index_t, double>;
  std::vector<cell> expected, walked;
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k)
      expected.push_back({u, row.index[k], static_cast<double>(row.value[k])});
  }
  CHECK(batches.count() == 3);
  CHECK(batches.size() == data.size());
  for (std::size_t b = 0; b != batches.count(); ++b) {
    auto const users = batches.users(b);
    CHECK(users.size() <= 64);
    for (std::size_t k = 0; k != users.size(); ++k) {
      auto const rated = batches.rated_by(users[k]);
      CHECK(batches.entries_before(b, k + 1) == batches.entries_before(b, k) + rated.size());
      for (index_t const r : order_of(batches, b, k)) {
        auto const seen = rated[r];
        walked.push_back({users[k], seen.item, static_cast<double>(seen.value)});
        CHECK(rated.items()[r] == seen.item);
        CHECK(seen.weight == 1);
        CHECK(data.by_user().value()[seen.number] == seen.value);
      }
    }
  }
  CHECK(walked != expected);
  std::sort(walked.begin(), walked.end());
  CHECK(walked == expected);
}

TEST_CASE("user_batches: ranges of items follow one another and have about equally many ratings") {
  auto const data = support::random_ratings<float>(400, 300, 0.2, 22);
  kindred::user_batches<float> const batches(data, 3);
  auto const begin = batches.item_begin();
  REQUIRE(begin.size() == batches.ranges + 1);
  CHECK(begin.front() == 0);
  CHECK(begin.back() == data.item_count());
  for (std::size_t g = 0; g != batches.ranges; ++g) {
    std::size_t ratings = 0;
    for (index_t i = begin[g]; i != begin[g + 1]; ++i) ratings += data.of(kindred::item_id{i}).size();
    CHECK(ratings * batches.ranges > data.size() / 2);
    CHECK(ratings * batches.ranges < data.size() * 2);
  }
}

TEST_CASE("user_batches: weights, users without a rating, no ratings") {
  auto const data = support::weighted_ratings_of<float>({{0, 0, 4, 2}, {2, 1, 3, 0.5}});
  kindred::user_batches<float> const batches(data, 0);
  CHECK(batches.count() == 1);
  CHECK(batches.users(0).size() == 2);
  CHECK(batches.size() == 2);
  CHECK(batches.total_weight() == 2.5);
  CHECK(batches.rated_by(2)[0].weight == 0.5f);
  CHECK(batches.item_begin().back() == 2);
  kindred::ratings<float> const empty;
  kindred::user_batches<float> const none(empty, 0);
  CHECK(none.count() == 0);
  CHECK(none.item_begin().back() == 0);
}

TEST_CASE(
    "user_batches: an order is that of the seed and the user, whether all are kept or there are too many for that") {
  auto const check = [](kindred::ratings<float> const& data) {
    kindred::user_batches<float> const batches(data, 5);
    for (std::size_t const b : {std::size_t{0}, batches.count() - 1})
      for (std::size_t k = 0; k != batches.users(b).size(); ++k) {
        index_t const u = batches.users(b)[k];
        std::vector<index_t> expected(data.of(user_id{u}).size());
        std::iota(expected.begin(), expected.end(), index_t{0});
        kindred::random_stream random(kindred::mix(5, 2), u);
        kindred::shuffle(random, std::span<index_t>(expected));
        CHECK(order_of(batches, b, k) == expected);
      }
  };
  check(support::random_ratings<float>(150, 40, 0.2, 21));
  check(support::random_ratings<float>(1100, 1000, 1, 21));
}
