// SPDX-License-Identifier: BSL-1.0
//
// What is to be changed when there is no memory for it is as it was.

#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "counted_new.hpp"

#include <kindred/data/feature_table.hpp>
#include <kindred/data/features.hpp>
#include <kindred/data/rating_table.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/live_als.hpp>
#include <kindred/factor/live_factors.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/neighbor/implicit_user_knn.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/live_knn.hpp>
#include <kindred/similarity/cosine.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

namespace {

// Tries with memory for 0, 1, 2 ... pieces of it until that is enough. Returns how often it was not.
template <class Try, class Failed>
std::uint64_t failures(Try const& attempt, Failed const& check) {
  for (std::uint64_t allowed = 0;; ++allowed) {
    support::allow_allocations(allowed);
    bool failed = false;
    try {
      attempt();
    } catch (std::bad_alloc const&) { failed = true; }
    support::allow_allocations(support::without_end);
    if (!failed) return allowed;
    check();
  }
}

}  // namespace

TEST_CASE("short of memory: a copy of ratings is there or is not") {
  kindred::rating_table<float> table;
  for (kindred::index_t k = 0; k != 9; ++k)
    table.add(kindred::user_id{k % 3}, kindred::item_id{k / 3}, static_cast<float>(k));
  auto const full = kindred::ratings<float>::from(table);
  kindred::ratings<float> data;
  CHECK(failures([&] { data = full; }, [&] { CHECK(data == kindred::ratings<float>()); }) >= 4);
  CHECK(data == full);
}

TEST_CASE("short of memory: what is known of new items is added or is not") {
  kindred::feature_table<kindred::item_id> films, more;
  for (kindred::index_t i = 0; i != 5; ++i)
    (i < 3 ? films : more).about(kindred::item_id{i}).category("genre", i % 2 == 0 ? "comedy" : "western");
  auto const before = kindred::item_features<float>::from(films);
  auto const rows = before.rows_of(more);
  auto about = before;
  CHECK(failures([&] { about.add(rows); }, [&] { CHECK(about == before); }) >= 2);
  CHECK(about.of(kindred::item_id{4}).index[0] == before.of(kindred::item_id{0}).index[0]);
}

TEST_CASE("short of memory: a fact is added to a graph or is not") {
  using kindred::node_id, kindred::relation_id, kindred::triple;
  std::vector<triple> const facts{{node_id{0}, relation_id{0}, node_id{1}}, {node_id{1}, relation_id{0}, node_id{2}}};
  for (triple const& more : {triple{node_id{0}, relation_id{0}, node_id{2}, 0.5f, 7},  // of nodes that there are,
                             triple{node_id{5}, relation_id{2}, node_id{1}},           // of a new one,
                             triple{node_id{2}, relation_id{1}, node_id{2}}}) {        // of one alone
    auto graph = kindred::knowledge_graph::from(facts);
    auto const before = graph.facts();
    CHECK(
        failures([&] { graph.add(more); },
                 [&] {
                   CHECK(graph.facts() == before);
                   CHECK(graph.node_count() == 3);
                   CHECK(graph.relation_count() == 1);
                   CHECK(graph.size() == 2);
                   for (std::size_t const x : {0u, 1u, 2u, 5u})
                     CHECK(graph.degree(node_id{static_cast<kindred::index_t>(x)}) == (x == 1 ? 2u : x == 5 ? 0u : 1u));
                 }) >= 4);
    CHECK(graph.size() == 3);
    CHECK(graph.contains(more.head, more.relation, more.tail));
    CHECK(graph.degree(more.tail) == (to_index(more.tail) == 1 || more.head == more.tail ? 3 : 2));
  }
}

TEST_CASE("short of memory: a model takes a rating in or does not") {
  using kindred::item_id, kindred::user_id;
  auto const data = support::random_ratings<float>(9, 8, 0.4, 3);
  auto const check = [](auto model, user_id u, item_id i) {
    auto anew = model;
    anew.update(u, i, 2);
    auto const before = support::all_scores(model, 14, 14);
    CHECK(failures([&] { model.update(u, i, 2); },
                   [&] {
                     CHECK(support::all_scores(model, 14, 14) == before);
                     CHECK(model.users().rows() >= 9);
                     for (kindred::index_t v = 0; v != model.users().rows(); ++v)
                       CHECK(kindred::is_finite(model.users().row(v)[0]));
                   }) >= 4);
    // Nor is anything left in what later updates read.
    for (auto* const one : {&model, &anew}) one->update(user_id{3}, i, 1), one->update(u, item_id{1}, 3);
    CHECK(support::all_scores(model, 14, 14) == support::all_scores(anew, 14, 14));
  };
  for (auto const& [u, i] : {std::pair{user_id{2}, item_id{5}}, {user_id{2}, item_id{12}}, {user_id{12}, item_id{5}}}) {
    check(kindred::fit(kindred::live_factors<>{{.factors = 3, .sweeps = 2}}, data).model, u, i);
    check(kindred::fit(kindred::live_als<>{{.factors = 3, .sweeps = 2}}, data).model, u, i);
  }
}

TEST_CASE("short of memory: neighbors that were found halfway are found by later updates") {
  using kindred::item_id, kindred::user_id;
  auto const data = support::random_ratings<float>(9, 8, 0.4, 3);
  auto const check = [&](auto const& how, user_id u, item_id i) {
    auto model = kindred::fit(how, data).model;
    auto anew = model;
    anew.update(u, i, 2);
    CHECK(failures([&] { model.update(u, i, 2); }, [&] { support::all_scores(model, 14, 14); }) >= 4);
    for (kindred::index_t v = 0; v != data.user_count(); ++v) {
      auto const row = data.of(user_id{v});
      for (std::size_t k = 0; k != row.size(); ++k) model.update(user_id{v}, item_id{row.index[k]}, row.value[k]);
    }
    CHECK(support::all_scores(model, 14, 14) == support::all_scores(anew, 14, 14));
  };
  for (auto const& [u, i] : {std::pair{user_id{2}, item_id{12}}, {user_id{12}, item_id{5}}}) {
    check(kindred::live_knn<kindred::item_knn<kindred::cosine>>{.knn = {.neighbors = 2, .candidates = 3}}, u, i);
    check(kindred::live_knn<kindred::implicit_user_knn<kindred::cosine>>{.knn = {.neighbors = 2}}, u, i);
  }
}
