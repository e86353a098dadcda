// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/path_query.hpp>

#include "random_world.hpp"

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/graph/path_audience.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

using golden::about;
using golden::has;
using kindred::against;
using kindred::along;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

TEST_CASE_TEMPLATE("path_query: scores, lists and reasons of the path_scorer", T, float, double) {
  for (std::uint64_t seed = 0; seed != 3; ++seed) {
    auto const data = golden::ratings_of<T>(golden::random_list(seed));
    auto model = kindred::fit(golden::random_world<T>(seed, kindred::random_steps{}), data).model;
    kindred::path_query ask(model);
    for (index_t u = 0; u != 22; ++u) {
      if (u == 11) model.update(user_id{3}, item_id{14}, T{2});
      ask(user_id{u});
      std::vector<double> of_list(16);
      for (auto const& one : ask.items()) of_list[to_index(one.item)] = static_cast<double>(one.value);
      for (index_t i = 0; i != 16; ++i) {
        auto const score = static_cast<double>(score_of(model, user_id{u}, item_id{i}));
        CHECK(static_cast<double>(ask.score(item_id{i})) == doctest::Approx(score).epsilon(1e-5));
        CHECK(of_list[i] == doctest::Approx(score).epsilon(1e-5));
        for (std::size_t const most : {0u, 1u, 3u, 100'000u}) {
          auto const ours = ask.reasons(item_id{i}, most), theirs = model.reasons(user_id{u}, item_id{i}, most);
          CHECK(ours.count == theirs.count);
          CHECK(ours.strongest == theirs.strongest);
          CHECK(ours.rest == doctest::Approx(theirs.rest).epsilon(1e-9));
        }
      }
      CHECK(ask.left() == 0);
    }
  }
}

TEST_CASE("path_query: the best of what paths lead to are those of top_n") {
  auto const data = golden::ratings_of<double>(golden::random_list(4));
  auto how = golden::random_world<double>(4, kindred::random_steps{});
  how.paths = {{along(has) / against(has) / along(has), 1}, {along(has) / along(about) / against(about), 0.5}};
  auto const model = kindred::fit(how, data).model;
  kindred::path_query ask(model);
  for (index_t u = 0; u != 21; ++u) {
    ask(user_id{u});
    std::vector<kindred::scored_item<double>> ours(40), theirs(40);
    auto const which = kindred::unseen(data, user_id{u});
    for (std::size_t const n : {0u, 1u, 4u, 40u}) {
      std::size_t const found = ask.best(which, std::span(ours).first(n));
      std::size_t const all = kindred::top_n(model, user_id{u}, which, std::span(theirs).first(n));
      REQUIRE(found <= all);
      for (std::size_t k = 0; k != found; ++k) {
        CHECK(ours[k].value == doctest::Approx(theirs[k].value));
        CHECK(ours[k].item == theirs[k].item);
      }
      for (std::size_t k = found; k != all; ++k) CHECK(theirs[k].value == 0);  // no path leads there
    }
  }
}

TEST_CASE("path_query: nodes that come between a question and its answers are none that a path has reached") {
  auto const data = golden::ratings_of<double>(golden::random_list(5));
  auto model = kindred::fit(golden::random_world<double>(5, kindred::random_steps{}), data).model;
  kindred::path_query ask(model);
  ask(user_id{2});
  model.update(user_id{20}, item_id{3}, 1);
  double const score = ask.score(item_id{3});
  auto const why = ask.reasons(item_id{3}, 1000);
  double sum = why.rest;
  for (auto const& one : why.strongest) sum += one.share;
  CHECK(sum == doctest::Approx(score));
  CHECK(ask.items().size() <= 15);
}

TEST_CASE("path_query: a budget bounds the steps, and what is given up is said") {
  auto const data = golden::ratings_of<double>(golden::random_list(6));
  auto const model = kindred::fit(golden::random_world<double>(6, kindred::random_steps{}), data).model;
  kindred::path_query whole(model);
  for (std::uint64_t const budget : {0u, 3u, 10u, 30u, 1000u}) {
    kindred::path_query ask(model, budget);
    for (index_t u = 0; u != 20; ++u) {
      ask(user_id{u});
      whole(user_id{u});
      CHECK(ask.steps() <= budget * model.paths().size());
      if (ask.steps() == whole.steps()) CHECK(ask.left() == 0);
      for (index_t i = 0; i != 15; ++i)
        CHECK(std::abs(ask.score(item_id{i}) - whole.score(item_id{i})) <= ask.left() + 1e-12);
    }
  }
}

TEST_CASE("path_query: from an item, and from what nobody knows") {
  auto how = golden::random_world<double>(8, kindred::uniform_steps{});
  how.paths = {{against(has) / along(has), 1}};
  auto const data = golden::ratings_of<double>(golden::random_list(8));
  auto const model = kindred::fit(how, data).model;
  kindred::path_query ask(model);
  ask(kindred::node_id{model.links().node_of(item_id{2})});
  // How many have both items.
  for (index_t i = 0; i != 15; ++i) {
    double both = 0;
    for (index_t u = 0; u != 20; ++u)
      both += data.contains(user_id{u}, item_id{2}) && data.contains(user_id{u}, item_id{i});
    CHECK(ask.score(item_id{i}) == both);
  }
  ask(user_id{kindred::index_limit});
  CHECK(ask.items().empty());
  CHECK(ask.reasons(item_id{1}, 3).count == 0);
  CHECK(ask.score(item_id{kindred::index_limit}) == 0);
}

TEST_CASE("path_audience: every user's score for an item") {
  for (std::uint64_t seed = 0; seed != 3; ++seed) {
    auto const data = golden::ratings_of<double>(golden::random_list(seed));
    auto const check = [&](auto const& model) {
      kindred::path_audience ask(model);
      for (index_t i = 0; i != 16; ++i) {
        ask(item_id{i});
        std::vector<double> value(20);
        for (auto const& one : ask.users()) value[to_index(one.user)] = one.value;
        for (index_t u = 0; u != 20; ++u)
          CHECK(value[u] == doctest::Approx(score_of(model, user_id{u}, item_id{i})).epsilon(1e-9));
        std::vector<kindred::scored_user<double>> best(3);
        std::size_t const count = ask.best(best, [&](user_id u) { return !data.contains(u, item_id{i}); });
        for (std::size_t k = 0; k != count; ++k) {
          CHECK(!data.contains(best[k].user, item_id{i}));
          CHECK(best[k].value == value[to_index(best[k].user)]);
          if (k != 0) CHECK(best[k - 1].value >= best[k].value);
        }
      }
      ask(item_id{kindred::index_limit});
      CHECK(ask.users().empty());
    };
    check(kindred::fit(golden::random_world<double>(seed, kindred::random_steps{}), data).model);
    check(kindred::fit(golden::random_world<double>(seed, kindred::inverse_frequency_steps{}), data).model);
  }
}

TEST_CASE("path_audience: a budget bounds the steps, and what is given up is said") {
  auto const data = golden::ratings_of<double>(golden::random_list(6));
  auto const model = kindred::fit(golden::random_world<double>(6, kindred::random_steps{}), data).model;
  kindred::path_audience whole(model);
  bool some_left = false, none_left = false;
  for (std::uint64_t const budget : {0u, 3u, 10u, 30u, 1000u}) {
    kindred::path_audience ask(model, budget);
    for (index_t i = 0; i != 15; ++i) {
      ask(item_id{i});
      whole(item_id{i});
      // The first steps of paths, which are taken last, are no more than the facts of users; the others are within the budget.
      std::uint64_t firsts = 0;
      for (auto const& p : model.paths()) firsts += model.graph().statistics(relation_of(p.path[0])).facts;
      CHECK(ask.steps() <= budget * model.paths().size() + firsts);
      CHECK(whole.left() == 0);
      if (ask.steps() == whole.steps()) CHECK(ask.left() == 0);
      some_left = some_left || ask.left() > 0;
      none_left = none_left || (budget != 0 && ask.left() == 0);
      std::vector<double> value(20);
      for (auto const& one : ask.users()) value[to_index(one.user)] = one.value;
      for (auto const& one : whole.users())
        CHECK(std::abs(one.value - value[to_index(one.user)]) <= ask.left() + 1e-12);
    }
  }
  CHECK(some_left);
  CHECK(none_left);
}
