// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/strata.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using visit = std::tuple<kindred::index_t, kindred::index_t, double>;

// Runs tasks in order, and knows which call of bulk and which task is under way.
struct recorder {
  std::size_t call = 0;
  std::size_t task = 0;

  static constexpr std::size_t concurrency() noexcept { return 1; }
  void bulk(std::size_t n, auto const& run) {
    for (task = 0; task != n; ++task) run(task);
    ++call;
  }
};

template <class T>
std::vector<visit> order_of(kindred::strata<T> const& blocks, std::uint32_t epoch) {
  std::vector<visit> order;
  kindred::sequential ex;
  blocks.pass(ex, epoch, [&](auto const& e) {
    order.push_back({e.user, e.item, static_cast<double>(e.value)});
    return 0.0;
  });
  return order;
}

// 20 000 ratings: enough for a grid of 4 x 4.
template <class T>
kindred::ratings<T> const& data() {
  static auto const table = support::random_ratings<T>(300, 220, 0.3, 11);
  return table;
}

// 24 000 ratings of so many users that they can be dealt out to shards.
template <class T>
kindred::ratings<T> const& wide() {
  static auto const table = support::random_ratings<T>(2000, 60, 0.2, 11);
  return table;
}
constexpr std::size_t whole = 11000;  // four shards

}  // namespace

TEST_CASE_TEMPLATE("strata: every rating once in a pass, with its value", T, float, double) {
  auto const check = [](kindred::ratings<T> const& some, std::size_t most, std::size_t shards, bool grid) {
    std::vector<visit> expected;
    for (kindred::index_t u = 0; u != some.user_count(); ++u) {
      auto const row = some.of(kindred::user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k)
        expected.push_back({u, row.index[k], static_cast<double>(row.value[k])});
    }
    kindred::strata<T> const blocks(some, 3, kindred::sequential{}, most);
    CHECK(blocks.size() == some.size());
    CHECK(blocks.shards() == shards);
    CHECK((blocks.groups() > 1) == grid);
    for (std::uint32_t const epoch : {0u, 1u, 57u}) {
      auto order = order_of(blocks, epoch);
      CHECK(order != expected);
      std::sort(order.begin(), order.end());
      CHECK(order == expected);
    }
  };
  check(data<T>(), std::size_t{1} << 20, 1, true);
  check(wide<T>(), whole, 4, true);
  check(wide<T>(), 0, 10, false);  // at least 200 users a shard
  check(data<T>(), 0, 1, true);
}

TEST_CASE("strata: blocks that run at the same time share no user and no item") {
  for (std::size_t const most : {std::size_t{1} << 20, whole}) {
    kindred::strata<float> const blocks(wide<float>(), 3, kindred::sequential{}, most);
    recorder ex;
    std::vector<std::vector<std::set<kindred::index_t>>> users, items;  // of every call and task
    blocks.pass(ex, 0, [&](auto const& e) {
      users.resize(ex.call + 1, std::vector<std::set<kindred::index_t>>(blocks.groups()));
      items.resize(ex.call + 1, std::vector<std::set<kindred::index_t>>(blocks.groups()));
      users[ex.call][ex.task].insert(e.user);
      items[ex.call][ex.task].insert(e.item);
      return 0.0;
    });
    // The ratings of one shard are at hand; those of several are cut in a call of their own.
    CHECK(users.size() == blocks.shards() * (blocks.groups() + (blocks.shards() == 1 ? 0u : 1u)));
    auto const disjoint = [](std::vector<std::set<kindred::index_t>> const& sets) {
      std::size_t sum = 0;
      std::set<kindred::index_t> all;
      for (auto const& s : sets) {
        sum += s.size();
        all.insert(s.begin(), s.end());
      }
      return all.size() == sum;
    };
    for (auto const& stratum : users) CHECK(disjoint(stratum));
    for (auto const& stratum : items) CHECK(disjoint(stratum));
  }
}

TEST_CASE("strata: a shard is all that its users rated, runs of neighbors dealt out; shards take turns by the epoch") {
  kindred::strata<float> const blocks(wide<float>(), 3, kindred::sequential{}, whole);
  REQUIRE(blocks.shards() == 4);
  auto const shards = [&](std::uint32_t epoch) {
    std::vector<std::set<kindred::index_t>> users;
    std::size_t met = 0, ratings = 0;
    for (auto const& [u, i, value] : order_of(blocks, epoch)) {
      if (met == ratings) users.emplace_back();  // all of the users so far: the next shard
      if (users.back().insert(u).second) ratings += wide<float>().of(kindred::user_id{u}).size();
      ++met;
    }
    CHECK(met == ratings);
    return users;
  };
  auto const first = shards(0);
  REQUIRE(first.size() == 4);
  for (auto const& users : first) {
    std::size_t neighbors = 0;
    for (auto u = std::next(users.begin()); u != users.end(); ++u) neighbors += *u == *std::prev(u) + 1 ? 1u : 0u;
    CHECK(neighbors > users.size() / 2);
    CHECK(*users.rbegin() - *users.begin() > 2 * users.size());
  }
  bool other = false;
  for (std::uint32_t epoch = 1; epoch != 20; ++epoch) other = other || shards(epoch) != first;
  CHECK(other);
}

TEST_CASE("strata: few users, or one who rated as much as many, make few shards") {
  auto const shards = [](kindred::ratings<float> const& some) {
    return kindred::strata<float>(some, 0, kindred::sequential{}, 1000).shards();
  };
  CHECK(shards(support::random_ratings<float>(40, 500, 0.5, 1)) == 1);
  CHECK(shards(support::random_ratings<float>(850, 40, 0.5, 1)) == 4);
  std::vector<support::seen> list;
  for (kindred::index_t i = 0; i != 1000; ++i) list.push_back({0, i, 1});
  for (kindred::index_t u = 1; u != 10000; ++u) list.push_back({u, u % 1000, 1});
  CHECK(shards(support::ratings_of<float>(list)) == 1);
}

TEST_CASE("strata: the order depends on the epoch and the seed alone") {
  kindred::strata<float> const blocks(data<float>(), 3);
  auto const first = order_of(blocks, 0);
  CHECK(order_of(blocks, 0) == first);
  CHECK(order_of(kindred::strata<float>(data<float>(), 3), 0) == first);
  CHECK(order_of(kindred::strata<float>(data<float>(), 4), 0) != first);
  bool moved = false;  // one of five strata first: two epochs may agree, twenty do not
  for (std::uint32_t epoch = 1; epoch != 20; ++epoch) moved = moved || order_of(blocks, epoch) != first;
  CHECK(moved);
}

TEST_CASE("strata: what is learned and the mean have the same bits on every executor") {
  std::size_t most = 1 << 20;
  SUBCASE("of one shard") {}
  SUBCASE("of four") { most = whole; }
  kindred::ratings<float> const& some = wide<float>();
  kindred::strata<float> const blocks(some, 5, kindred::sequential{}, most);
  // Like a solver: what a step returns and leaves behind depends on what the steps before it left.
  auto const run = [&](auto&& ex) {
    std::vector<double> user(some.user_count()), item(some.item_count());
    std::vector<std::uint64_t> bits;
    for (std::uint32_t epoch = 0; epoch != 3; ++epoch) {
      double const mean = blocks.pass(ex, epoch, [&](auto const& e) {
        double const wrong = user[e.user] + item[e.item] - static_cast<double>(e.value);
        user[e.user] -= 0.01 * wrong;
        item[e.item] -= 0.01 * wrong;
        return wrong * wrong;
      });
      bits.push_back(std::bit_cast<std::uint64_t>(mean));
    }
    for (double const x : user) bits.push_back(std::bit_cast<std::uint64_t>(x));
    for (double const x : item) bits.push_back(std::bit_cast<std::uint64_t>(x));
    return bits;
  };
  auto const expected = run(kindred::sequential{});
  CHECK(run(support::reversed{}) == expected);
  CHECK(run(support::shuffled{}) == expected);
  for (std::size_t const threads : {2u, 3u, 8u}) CHECK(run(kindred::thread_pool(threads)) == expected);
}

TEST_CASE(
    "strata: places are those among all users and items, and of one group side by side; what is to come is said "
    "before") {
  kindred::strata<float> const blocks(data<float>(), 3);
  recorder ex;
  std::vector<std::pair<kindred::index_t, kindred::index_t>> next;
  std::vector<std::set<std::size_t>> groups_at(blocks.users().size());
  std::size_t said = 0, met = 0;
  bool right = true;
  blocks.pass(
      ex, 0,
      [&](auto const& e) {
        right = right && blocks.users()[e.user_place] == e.user && blocks.items()[e.item_place] == e.item;
        groups_at[e.user_place].insert(ex.task);
        if (met != next.size() && next[met] == std::pair{e.user, e.item}) ++met;
        return 0.0;
      },
      [&](auto const& e) {
        next.push_back({e.user, e.item});
        ++said;
      });
  CHECK(right);
  CHECK(met == said);  // in the order in which they come
  CHECK(said > blocks.size() * 9 / 10);
  std::size_t before = 0;
  for (auto const& groups : groups_at) {
    CHECK(groups.size() == 1);
    CHECK(*groups.begin() >= before);
    before = *groups.begin();
  }
}

TEST_CASE("strata: blocks are about equally full, whatever the tail") {
  // Item i is rated by one user in i + 1, the first of 2000 by all.
  std::vector<support::seen> list;
  for (kindred::index_t i = 0; i != 200; ++i)
    for (kindred::index_t u = 0; u < 2000; u += i / 4 + 1) list.push_back({u, i, 1});
  auto const table = support::ratings_of<float>(list);
  kindred::strata<float> const blocks(table, 9);
  REQUIRE(blocks.groups() == 4);
  recorder ex;
  std::vector<std::size_t> visits(16);
  blocks.pass(ex, 0, [&](auto const&) {
    ++visits[ex.call * 4 + ex.task];
    return 0.0;
  });
  for (auto const v : visits) CHECK(std::abs(static_cast<double>(v) * 16 / static_cast<double>(list.size()) - 1) < 0.1);
}

TEST_CASE("strata: the mean of what the steps return") {
  auto const three = support::ratings_of<double>({{0, 0, 1}, {0, 2, 2}, {1, 1, 6}});
  kindred::strata<double> const blocks(three, 0);
  CHECK(blocks.groups() == 1);
  kindred::sequential ex;
  CHECK(blocks.pass(ex, 0, [](auto const& e) { return e.value; }) == 3);
  kindred::ratings<double> const empty;
  kindred::strata<double> const none(empty, 0);
  CHECK(none.pass(ex, 0, [](auto const&) { return 1.0; }) == 0);
}

TEST_CASE_TEMPLATE("strata: weights come with the ratings, and the mean is by their sum", T, float, double) {
  auto const data = support::weighted_ratings_of<T>({{0, 0, 1, 2}, {0, 2, 2, 0.5}, {1, 1, 6, 1.5}});
  kindred::strata<T> const blocks(data, 0);
  kindred::sequential ex;
  // (2 x 1 + 0.5 x 2 + 1.5 x 6) / 4 = 3.
  CHECK(blocks.pass(ex, 0, [](auto const& e) { return static_cast<double>(e.weight * e.value); }) == 3);
  std::vector<support::seen> list;
  for (kindred::index_t u = 0; u != 800; ++u)
    for (kindred::index_t i = u % 3; i < 20; i += 3) list.push_back({u, i, u + 1.0, i + 1.0});
  auto const wider = support::weighted_ratings_of<T>(list);
  kindred::strata<T> const shards(wider, 0, kindred::sequential{}, 1000);
  CHECK(shards.shards() == 4);
  std::size_t wrong = 0;
  shards.pass(ex, 0, [&](auto const& e) {
    wrong += e.value == static_cast<T>(e.user + 1) && e.weight == static_cast<T>(e.item + 1) ? 0u : 1u;
    return 0.0;
  });
  CHECK(wrong == 0);
  auto const unweighted = support::ratings_of<T>({{0, 0, 1}, {1, 1, 6}});
  kindred::strata<T> const plain(unweighted, 0);
  CHECK(plain.pass(ex, 0, [](auto const& e) { return static_cast<double>(e.weight); }) == 1);
}

TEST_CASE("strata: a mean that is not finite is a divergence") {
  auto const one = support::ratings_of<float>({{0, 0, 1}});
  kindred::strata<float> const blocks(one, 0);
  kindred::sequential ex;
  for (double const loss : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    auto const e = support::error_of([&] { blocks.pass(ex, 4, [&](auto const&) { return loss; }); });
    CHECK(e.kind() == kindred::error_kind::numeric);
    CHECK(e.row() == 5);
    CHECK(support::says(e, "epoch 5, at the rating of user 0 and item 0;"));
  }
  // The first that is wrong, on any executor, and none after it in its block.
  for (std::size_t const most : {std::size_t{1} << 20, whole})
    for (std::size_t const bad : {std::size_t{0}, std::size_t{700}, wide<float>().size() - 1}) {
      kindred::strata<float> const many(wide<float>(), 3, kindred::sequential{}, most);
      auto const visits = order_of(many, 0);
      auto const [user, item, value] = visits[bad];
      std::pair const wrong{user, item};
      kindred::thread_pool pool(3);
      auto const e = support::error_of([&] {
        many.pass(pool, 0, [&](auto const& seen) {
          return std::pair{seen.user, seen.item} == wrong ? std::numeric_limits<double>::infinity() : 1.0;
        });
      });
      std::string const where = "user " + std::to_string(user) + " and item " + std::to_string(item) + ";";
      CHECK(support::says(e, where.c_str()));
    }
}

TEST_CASE("strata: the grid grows with the data, to 64 x 64") {
  auto const of = [](kindred::ratings<float> const& some) { return kindred::strata<float>(some, 0).groups(); };
  CHECK(of(support::random_ratings<float>(60, 60, 0.2, 1)) == 1);
  CHECK(of(data<float>()) == 4);  // 4 x 4 x 1024 <= 20 000 < 8 x 8 x 1024
  CHECK(data<float>().size() >= 16 * 1024);
  CHECK(data<float>().size() < 64 * 1024);
  CHECK(of(support::random_ratings<float>(100, 80, 0.6, 1)) == 2);
}

TEST_CASE("strata: more groups than users are no harm") {
  // One user with 20 000 ratings: four groups, of which three have no user.
  std::vector<support::seen> list;
  for (kindred::index_t i = 0; i != 20000; ++i) list.push_back({0, i, 1});
  auto const table = support::ratings_of<float>(list);
  kindred::strata<float> const blocks(table, 9);
  std::size_t visits = 0;
  kindred::sequential ex;
  blocks.pass(ex, 0, [&](auto const&) {
    ++visits;
    return 0.0;
  });
  CHECK(visits == 20000);
}
