// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/ranking_strata.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

namespace {

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

// 13 000 choices among 290 items: a grid of 4 x 4.
template <class T>
kindred::ratings<T> const& data() {
  static auto const table = support::random_ratings<T>(300, 290, 0.15, 11);
  return table;
}

}  // namespace

TEST_CASE_TEMPLATE("ranking_strata: every choice once, beside a pool that its item is in", T, float, double) {
  kindred::ranking_strata<T> const grid(data<T>(), 5);
  REQUIRE(grid.groups() == 4);
  std::set<std::pair<index_t, index_t>> together;
  for (std::uint32_t epoch = 0; epoch != 12; ++epoch) {
    std::vector<std::pair<index_t, index_t>> met;
    std::set<index_t> pooled;
    std::size_t outside = 0, twice = 0;
    recorder ex;
    grid.pass(
        ex, epoch,
        [&](std::size_t, std::span<index_t const> pool) {
          CHECK(pool.size() >= 64);
          for (index_t const i : pool) twice += pooled.insert(i).second ? 0u : 1u;
          for (index_t const i : pool) together.insert({pool[0], i});
        },
        [&](auto const& block, std::size_t, std::span<index_t const> pool, kindred::random_stream&) {
          std::set<index_t> const in(pool.begin(), pool.end());
          CHECK(block.weight.empty());
          for (auto const& seen : block.chosen) {
            outside += in.contains(seen.item) ? 0u : 1u;
            met.push_back({seen.user, seen.item});
          }
          return 0.0;
        });
    CHECK((outside == 0 && twice == 0));
    CHECK(pooled.size() == grid.items());
    CHECK(met.size() == data<T>().size());
    std::sort(met.begin(), met.end());
    CHECK(std::adjacent_find(met.begin(), met.end()) == met.end());
    for (auto const& [u, i] : met) outside += data<T>().contains(user_id{u}, item_id{i}) ? 0u : 1u;
    CHECK(outside == 0);
  }
  CHECK(together.size() > 1000);  // with one dealing for all epochs: 290
}

TEST_CASE("ranking_strata: small blocks are shown together and large ones alone, with their weights") {
  // One item in 28 was chosen by everybody and the rest by few: blocks on both sides of 4096 choices.
  kindred::rating_table<float> table;
  auto const weight_of = [](index_t u, index_t i) { return static_cast<float>(u * 140 + i + 1); };
  for (index_t u = 0; u != 8000; ++u)
    for (index_t i = 0; i != 140; ++i)
      if (i % 28 == 0 || (u + i) % 40 == 0) table.add(user_id{u}, item_id{i}, 1, 0, weight_of(u, i));
  auto const chosen = kindred::ratings<float>::from(table);
  kindred::ranking_strata<float> const grid(chosen, 3);
  std::vector<std::pair<index_t, index_t>> met;
  std::size_t empty = 0, wrong = 0, fewest = chosen.size(), most = 0;
  recorder ex;
  grid.pass(
      ex, 0, [](std::size_t, std::span<index_t const>) {},
      [&](auto const& block, std::size_t, std::span<index_t const>, kindred::random_stream&) {
        empty += block.chosen.empty() ? 1u : 0u;
        fewest = (std::min)(fewest, block.chosen.size());
        most = (std::max)(most, block.chosen.size());
        REQUIRE(block.weight.size() == block.chosen.size());
        for (std::size_t k = 0; k != block.chosen.size(); ++k) {
          auto const [u, i] = block.chosen[k];
          met.push_back({u, i});
          wrong += block.weight[k] == weight_of(u, i) ? 0u : 1u;
        }
        return 0.0;
      });
  CHECK((empty == 0 && wrong == 0));
  CHECK((fewest < 4096 && most > 8192));  // those that are gathered are fewer
  CHECK(met.size() == chosen.size());
  std::sort(met.begin(), met.end());
  CHECK(std::adjacent_find(met.begin(), met.end()) == met.end());
}

TEST_CASE("ranking_strata: gathered blocks hold what kept ones do, in the same order") {
  auto const same = [](kindred::ratings<float> const& chosen) {
    kindred::ranking_strata<float> const kept(chosen, 3), gathered(chosen, 3, 0);
    CHECK(gathered.size() == kept.size());
    CHECK(gathered.groups() == kept.groups());
    auto const met = [](kindred::ranking_strata<float> const& grid, std::uint32_t epoch) {
      std::vector<std::tuple<std::size_t, index_t, index_t, float>> all;
      recorder ex;
      grid.pass(
          ex, epoch, [](std::size_t, std::span<index_t const>) {},
          [&](auto const& block, std::size_t h, std::span<index_t const>, kindred::random_stream&) {
            for (std::size_t k = 0; k != block.chosen.size(); ++k)
              all.push_back(
                  {h, block.chosen[k].user, block.chosen[k].item, block.weight.empty() ? 0.f : block.weight[k]});
            all.push_back({h, 0, 0, -1.f});  // where a block ends
            return 0.0;
          });
      return all;
    };
    for (std::uint32_t const epoch : {0u, 1u, 9u}) {
      auto const expected = met(kept, epoch);
      CHECK(expected.size() >= chosen.size());
      CHECK(met(gathered, epoch) == expected);
    }
  };
  same(data<float>());
  same(support::ratings_of<float>({}));
  same(support::ratings_of<float>({{2, 3, 1}}));
  same(support::random_ratings<float>(1, 500, 1, 2));
  same(support::random_ratings<float>(500, 1, 1, 2));
  kindred::rating_table<float> table;
  for (index_t u = 0; u != 900; u += 2)  // every second user, two items of three, the first of them by all
    for (index_t i = 0; i != 400; ++i)
      if (i % 3 != 1 && (i == 0 || kindred::mix(u, i) % 8 == 0))
        table.add(user_id{u}, item_id{i}, 1, 0, static_cast<float>(u + i + 1));
  same(kindred::ratings<float>::from(table));
}

TEST_CASE("ranking_strata: what runs at the same time shares neither users nor items") {
  kindred::ranking_strata<float> const grid(data<float>(), 6);
  recorder ex;
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> users(20), items(20);
  grid.pass(
      ex, 3, [](std::size_t, std::span<index_t const>) {},
      [&](auto const& block, std::size_t, std::span<index_t const> pool, kindred::random_stream&) {
        for (auto const& seen : block.chosen) users[ex.call].push_back({seen.user, ex.task});
        for (index_t const i : pool) items[ex.call].push_back({i, ex.task});
        return 0.0;
      });
  std::size_t shared = 0;
  for (auto* side : {&users, &items})
    for (auto& call : *side) {
      std::sort(call.begin(), call.end());
      for (std::size_t k = 1; k < call.size(); ++k)
        shared += call[k].first == call[k - 1].first && call[k].second != call[k - 1].second ? 1u : 0u;
    }
  CHECK(shared == 0);
}

TEST_CASE(
    "ranking_strata: every block of every epoch draws from a stream of its own, and weights stay with their choices") {
  auto list = support::random_list(300, 290, 0.15, 11);
  for (auto& one : list) one.weight = 1 + (one.user * 7 + one.item * 3) % 11;
  auto const weighted = support::weighted_ratings_of<double>(list);
  kindred::ranking_strata<double> const grid(weighted, 5);
  REQUIRE(grid.groups() == 4);
  std::set<std::uint64_t> drawn;
  std::size_t blocks = 0, wrong = 0;
  kindred::sequential ex;
  for (std::uint32_t epoch = 0; epoch != 3; ++epoch)
    grid.pass(
        ex, epoch, [](std::size_t, std::span<index_t const>) {},
        [&](auto const& block, std::size_t, std::span<index_t const>, kindred::random_stream& random) {
          drawn.insert(random());
          ++blocks;
          for (std::size_t k = 0; k != block.chosen.size(); ++k) {
            auto const& [user, item] = block.chosen[k];
            wrong += block.weight[k] == 1 + (user * 7 + item * 3) % 11 ? 0u : 1u;
          }
          return 0.0;
        });
  CHECK(blocks >= 3 * 16);
  CHECK(drawn.size() == blocks);
  CHECK(wrong == 0);
}

TEST_CASE(
    "ranking_strata: user groups have about equally many choices, and the fullest block of a diagonal comes first") {
  // 40 users with 150 choices, then 760 with 5: in four groups of equally many users one would have 6800 of the 9800 choices.
  std::vector<support::seen> list;
  for (index_t u = 0; u != 800; ++u)
    for (index_t k = 0; k != (u < 40 ? 150u : 5u); ++k) list.push_back({u, (u * 7 + k) % 256, 1});
  auto const plain = support::ratings_of<float>(list);
  kindred::ranking_strata<float> const grid(plain, 7);
  REQUIRE(grid.groups() == 4);
  recorder ex;
  std::vector<std::vector<std::size_t>> choices(5, std::vector<std::size_t>(4));  // the first call prepares pools
  grid.pass(
      ex, 1, [](std::size_t, std::span<index_t const>) {},
      [&](auto const& block, std::size_t, std::span<index_t const>, kindred::random_stream&) {
        choices[ex.call][ex.task] += block.chosen.size();
        return 0.0;
      });
  std::size_t fullest = 0;
  for (auto const& of : choices) {
    CHECK(std::is_sorted(of.rbegin(), of.rend()));
    fullest += of[0];
  }
  CHECK(fullest < 0.4 * 9800);  // what as many threads would take; 0.25 if all blocks were alike
}

TEST_CASE_TEMPLATE("ranking_strata: the mean of what was said, weighted, and what is not finite", T, float, double) {
  auto const weighted = support::weighted_ratings_of<T>({{0, 0, 1, 2}, {0, 1, 1, 0.5}, {3, 1, 1, 1.5}});
  kindred::ranking_strata<T> const grid(weighted, 0);
  CHECK(grid.items() == 2);
  kindred::sequential ex;
  auto const mean = [&](double each) {
    return grid.pass(
        ex, 6, [](std::size_t, std::span<index_t const>) {},
        [&](auto const& block, std::size_t, std::span<index_t const>, kindred::random_stream&) {
          double sum = 0;
          for (T const w : block.weight) sum += static_cast<double>(w) * each;
          return sum;
        });
  };
  CHECK(mean(3) == doctest::Approx(3));
  auto const e = support::error_of([&] { static_cast<void>(mean(std::numeric_limits<double>::infinity())); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(support::says(e, "epoch 7"));
  kindred::ratings<T> const empty;
  kindred::ranking_strata<T> const nothing(empty, 0);
  CHECK(nothing.pass(
            ex, 0, [](std::size_t, std::span<index_t const>) {},
            [](auto const&, std::size_t, std::span<index_t const>, kindred::random_stream&) { return 0.0; }) == 0);
}
