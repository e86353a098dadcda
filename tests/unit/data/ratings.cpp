// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/ratings.hpp>

#include "../../support/error_of.hpp"
#include "../../support/timed_ratings.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

using kindred::error_kind;
using kindred::index_t;
using kindred::item_id;
using kindred::on_duplicate;
using kindred::rating_table;
using kindred::ratings;
using kindred::user_id;

namespace {

template <class T>
struct entry {
  T value;
  std::int64_t time;
  T weight;
};
template <class T>
using twin = std::map<std::pair<index_t, index_t>, entry<T>>;

// Random observations without duplicates, with times and weights.
template <class T>
rating_table<T> random_table(std::uint64_t seed) {
  rating_table<T> table;
  for (auto const& s : support::shuffled_list(support::random_timed_list(30, 40, 0.2, seed), seed))
    table.add(user_id{s.user}, item_id{s.item}, static_cast<T>(s.value), s.time,
              static_cast<T>(1 + kindred::mix(s.user, s.item) % 7));
  return table;
}

template <class T>
twin<T> twin_of(rating_table<T> const& table) {
  twin<T> map;
  for (std::size_t k = 0; k != table.size(); ++k)
    map[{to_index(table.user[k]), to_index(table.item[k])}] = {table.value[k], table.time[k], table.weight[k]};
  return map;
}

// That the data hold just what the map does, in both orientations.
template <class T>
void check_same(ratings<T> const& data, twin<T> const& map) {
  REQUIRE(data.size() == map.size());
  CHECK(data.by_user().size() == map.size());
  CHECK(data.by_item().size() == map.size());
  CHECK(data.by_user().rows() == data.user_count());
  CHECK(data.by_user().columns() == data.item_count());
  CHECK(data.by_item().rows() == data.item_count());
  CHECK(data.by_item().columns() == data.user_count());
  std::size_t met = 0;
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    CHECK(std::is_sorted(row.index.begin(), row.index.end()));
    for (std::size_t k = 0; k != row.size(); ++k) {
      auto const& expected = map.at({u, row.index[k]});
      CHECK(row.value[k] == expected.value);
      CHECK(data.times(user_id{u})[k] == expected.time);
      CHECK(data.weights(user_id{u})[k] == expected.weight);
      ++met;
    }
  }
  CHECK(met == map.size());
  met = 0;
  for (index_t i = 0; i != data.item_count(); ++i) {
    auto const row = data.of(item_id{i});
    CHECK(std::is_sorted(row.index.begin(), row.index.end()));
    for (std::size_t k = 0; k != row.size(); ++k) {
      auto const& expected = map.at({row.index[k], i});
      CHECK(row.value[k] == expected.value);
      CHECK(data.weights(item_id{i})[k] == expected.weight);
      ++met;
    }
  }
  CHECK(met == map.size());
  for (index_t u = 0; u != data.user_count() + 2; ++u)
    for (index_t i = 0; i != data.item_count() + 2; ++i)
      CHECK(data.contains(user_id{u}, item_id{i}) == (map.count({u, i}) != 0));
}

// That a table is refused, by a sentence with these words about this observation.
template <class T>
void check_refused(rating_table<T> const& table, error_kind kind, std::uint64_t row, std::string_view words,
                   kindred::population size = {}) {
  auto const e = support::error_of([&] { static_cast<void>(ratings<T>::from(table, on_duplicate::last, size)); });
  CHECK(e.kind() == kind);
  CHECK(e.row() == row);
  CHECK_MESSAGE(support::says(e, words), e.what());
}

}  // namespace

TEST_CASE_TEMPLATE("ratings: what a map of the observations holds", T, float, double) {
  for (std::uint64_t seed = 0; seed != 5; ++seed) {
    auto const table = random_table<T>(seed);
    auto const data = ratings<T>::from(table);
    CHECK(data.timed());
    CHECK(data.weighted());
    check_same(data, twin_of(table));
  }
}

TEST_CASE("ratings: the order of observations does not matter") {
  auto const list = support::random_timed_list(30, 20, 0.3, 4);
  auto const data = support::timed_ratings_of<float>(list);
  for (std::uint64_t seed = 0; seed != 5; ++seed)
    CHECK(support::timed_ratings_of<float>(support::shuffled_list(list, seed)) == data);
}

TEST_CASE("ratings: duplicates in long data, against a map that keeps the last") {
  rating_table<double> table;
  twin<double> map;
  kindred::random_stream random(1, 1);
  for (int k = 0; k != 3000; ++k) {
    index_t const u = kindred::below(random, 20), i = kindred::below(random, 30);
    table.add(user_id{u}, item_id{i}, k, 7, 1 + k % 3);
    map[{u, i}] = {static_cast<double>(k), 7, 1.0 + k % 3};
  }
  check_same(ratings<double>::from(table, on_duplicate::last), map);
}

TEST_CASE("ratings: from triples") {
  std::vector<kindred::rating<float>> const triples = {{user_id{1}, item_id{0}, 2}, {user_id{0}, item_id{3}, 5}};
  auto const data = ratings<float>::from(triples);
  CHECK(data == support::ratings_of<float>({{0, 3, 5}, {1, 0, 2}}));
  CHECK_FALSE(data.timed());
  CHECK_FALSE(data.weighted());
  CHECK(data.times(user_id{0}).empty());
  CHECK(data.weights(user_id{0}).empty());
  CHECK(data.weights(item_id{3}).empty());
}

TEST_CASE("ratings: nothing") {
  for (auto const& none : {ratings<float>{}, ratings<float>::from(rating_table<float>{})}) {
    CHECK(none.empty());
    CHECK(none.size() == 0);
    CHECK(none.user_count() == 0);
    CHECK(none.by_user().rows() == 0);
    CHECK(none.of(user_id{0}).empty());
    CHECK(none.of(item_id{0}).empty());
    CHECK_FALSE(none.contains(user_id{0}, item_id{0}));
    CHECK(none.selected({}) == none);
  }
  auto const people = ratings<float>::from(rating_table<float>{}, on_duplicate::error, {3, 5});
  CHECK(people.user_count() == 3);
  CHECK(people.item_count() == 5);
  CHECK(people.by_item().rows() == 5);
  CHECK(people.of(user_id{2}).empty());
}

TEST_CASE("ratings: assigned to themselves they stay, and what was moved from takes others") {
  rating_table<float> table;
  table.add(user_id{0}, item_id{2}, 1, 2, 3);
  table.add(user_id{4}, item_id{0}, 5, 6, 7);
  auto const data = ratings<float>::from(table);
  ratings<float> one = data;
  ratings<float>& same = one;
  one = same;
  CHECK(one == data);
  one = std::move(same);
  CHECK(one == data);
  ratings<float> const other = std::move(one);
  CHECK(other == data);
  one = ratings<float>();
  CHECK(one == ratings<float>());
  CHECK(one.by_user().rows() == 0);
  one = other;
  CHECK(one == data);
}

TEST_CASE("ratings: ids beyond the data have empty rows") {
  rating_table<float> table;
  table.add(user_id{0}, item_id{0}, 1, 2, 3);
  auto const data = ratings<float>::from(table);
  user_id const stranger{77};
  item_id const unheard_of{4294967295u};
  CHECK(data.of(stranger).empty());
  CHECK(data.of(unheard_of).empty());
  CHECK(data.times(stranger).empty());
  CHECK(data.weights(stranger).empty());
  CHECK(data.weights(unheard_of).empty());
}

TEST_CASE("ratings: what a population says beyond the ids") {
  auto const data = support::ratings_of<float>({{1, 2, 3}}, {10, 20});
  CHECK(data.user_count() == 10);
  CHECK(data.item_count() == 20);
  auto const only_users = support::ratings_of<float>({{1, 2, 3}}, {10, 0});
  CHECK(only_users.item_count() == 3);
}

TEST_CASE("ratings: selected") {
  auto const table = random_table<float>(3);
  auto const data = ratings<float>::from(table);
  auto map = twin_of(table);
  std::vector<std::uint8_t> keep;
  for (auto const& [u, i] : support::pairs_of(data)) {
    keep.push_back((u + i) % 3 != 0 ? 7 : 0);
    if (keep.back() == 0) map.erase({u, i});
  }
  auto const part = data.selected(keep);
  CHECK(part.user_count() == data.user_count());
  CHECK(part.item_count() == data.item_count());
  check_same(part, map);
  CHECK(data.selected(std::vector<std::uint8_t>(data.size(), 1)) == data);
  auto const none = data.selected(std::vector<std::uint8_t>(data.size(), 0));
  CHECK(none.empty());
  CHECK(none.user_count() == data.user_count());

  keep.pop_back();
  auto const e = support::error_of([&] { static_cast<void>(data.selected(keep)); });
  CHECK(e.kind() == error_kind::shape);
  CHECK(support::says(e, "marks for "));
}

TEST_CASE_TEMPLATE("ratings: what is refused, and how that is said", T, float, double) {
  T const nan = std::numeric_limits<T>::quiet_NaN(), inf = std::numeric_limits<T>::infinity();
  rating_table<T> good;
  good.add(user_id{0}, item_id{0}, 1, 1, 1);
  good.add(user_id{1}, item_id{2}, 2, 2, 2);
  CHECK(ratings<T>::from(good).size() == 2);

  auto const with = [&](auto const& change) {
    auto table = good;
    change(table);
    return table;
  };
  for (T const bad : {nan, inf, -inf})
    check_refused(with([&](auto& t) { t.value[1] = bad; }), error_kind::data, 1,
                  "observation 1, of user 1 and item 2, is not a finite number");
  for (T const bad : {nan, inf, T{0}, T{-1}})
    check_refused(with([&](auto& t) { t.weight[1] = bad; }), error_kind::data, 1,
                  "observation 1, of user 1 and item 2, has the weight ");
  check_refused(with([](auto& t) { t.weight[0] = T{-0.5}; }), error_kind::data, 0, "has the weight -0.5; weights are");
  check_refused(with([](auto& t) { t.user[1] = user_id{4294967295u}; }), error_kind::data, 1,
                "observation 1 has the id 4294967295, which is reserved");
  check_refused(with([](auto& t) { t.item[1] = item_id{4294967295u}; }), error_kind::data, 1, "which is reserved");
  check_refused(with([](auto& t) { t.item.pop_back(); }), error_kind::shape, 0,
                "the column 'item' has 1 entries, the users 2");
  check_refused(with([](auto& t) { t.value.clear(); }), error_kind::shape, 0, "the column 'value' has 0 entries");
  check_refused(with([](auto& t) { t.time.push_back(1); }), error_kind::shape, 0, "the column 'time' has 3 entries");
  check_refused(with([](auto& t) { t.weight.pop_back(); }), error_kind::shape, 0, "the column 'weight' has 1 entries");
  check_refused(good, error_kind::shape, 0, "ids reach 2 users and 3 items, but the population was given as 1 and 3",
                {1, 3});
  check_refused(good, error_kind::shape, 0, "but the population was given as 2 and 2", {2, 2});
}

TEST_CASE_TEMPLATE("ratings: other values for the same pairs", T, float, double) {
  auto const data = support::weighted_ratings_of<T>({{0, 1, 3, 2}, {0, 4, 1, 1}, {2, 0, 5, 3}, {2, 1, 4, 1}});
  auto const other = data.with_values({10, 20, 30, 40});
  CHECK(other.by_user().value()[2] == 30);
  CHECK(other.of(item_id{1}).value[0] == 10);
  CHECK(other.of(item_id{1}).value[1] == 40);
  CHECK(other.weights(user_id{0})[0] == 2);
  CHECK(other.with_values({3, 1, 5, 4}) == data);
  auto const short_one = support::error_of([&] { static_cast<void>(data.with_values({1, 2, 3})); });
  CHECK(short_one.kind() == kindred::error_kind::shape);
  auto const bad =
      support::error_of([&] { static_cast<void>(data.with_values({1, 2, std::numeric_limits<T>::infinity(), 4})); });
  CHECK(bad.kind() == kindred::error_kind::numeric);
  CHECK(support::says(bad, "user 2 and item 0"));
}
