// SPDX-License-Identifier: BSL-1.0
//
// Graphs that nobody would wish for: every walk has a defined result, and none of them costs the square of anything.
#include "../../support/error_of.hpp"
#include "../../support/sanitized.hpp"
#include "golden_graph.hpp"

#include <kindred/graph/free_walk.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/pagerank.hpp>
#include <kindred/graph/path_audience.hpp>
#include <kindred/graph/path_query.hpp>
#include <kindred/graph/path_scorer.hpp>
#include <kindred/graph/path_walk.hpp>
#include <kindred/graph/whole_pagerank.hpp>
#include <kindred/testing/laws/batch_scorer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

using golden::fact;
using kindred::against;
using kindred::along;
using kindred::index_t;
using kindred::item_id;
using kindred::knowledge_graph;
using kindred::node_id;
using kindred::relation_id;
using kindred::user_id;

namespace {

constexpr relation_id r{0}, unused{1};

using model_of_doubles = kindred::path_scorer<double, kindred::uniform_steps>;

// Every way of asking gives the same score.
void check_score(model_of_doubles const& model, index_t item, double expected) {
  CHECK(score_of(model, user_id{0}, item_id{item}) == expected);
  kindred::path_query ask(model);
  ask(user_id{0});
  CHECK(ask.score(item_id{item}) == expected);
  auto const why = ask.reasons(item_id{item}, 1);
  CHECK(static_cast<double>(why.count) == expected);  // all paths are worth one
  user_id const user{0};
  std::vector<double> out(item + 1);
  model.score_batch(std::span(&user, 1), item_id{0}, std::span<double>(out));
  CHECK(out[item] == expected);
  kindred::path_audience whom(model);
  whom(item_id{item});
  double found = 0;
  for (auto const& one : whom.users())
    if (one.user == user) found = one.value;
  CHECK(found == expected);
}

}  // namespace

TEST_CASE("hostile graphs: facts from a node to itself, twice, and around in circles") {
  // 0 -> 0 three times over, 0 -> 1 -> 2 -> 0. User 0 is node 0, items 0, 1, 2 are nodes 1, 2 and none.
  auto const graph = knowledge_graph::from(
      std::vector{fact(0, r, 0), fact(0, r, 0), fact(0, r, 1), fact(1, r, 2), fact(2, r, 0), fact(0, r, 0)});
  CHECK(graph.size() == 4);
  CHECK(graph.degree(node_id{0}) == 4);  // that to itself counts at both of its ends
  auto const links = kindred::entity_links(3, {0}, {1, 2});
  auto const ask = [&](kindred::meta_path const& path) { return model_of_doubles(graph, links, r, {{path, 1}}); };
  check_score(ask(along(r) / along(r)), 0, 1);                        // 0 0 1
  check_score(ask(along(r) / along(r)), 1, 1);                        // 0 1 2
  check_score(ask(along(r) / along(r) / along(r) / along(r)), 0, 2);  // 0 0 0 0 1 and 0 1 2 0 1
  check_score(ask(along(r) / against(r) / along(r)), 0, 2);           // 0 0 0 1 and 0 1 0 1
  check_score(ask(along(r)), 2, 0);
}

TEST_CASE("hostile graphs: relations without facts, and names that nobody has heard of") {
  auto const graph = knowledge_graph::from(std::vector{fact(0, r, 1)}, {.nodes = 2, .relations = 3});
  CHECK(graph.statistics(unused).facts == 0);
  model_of_doubles const model(graph, kindred::entity_links(2, {0}, {1}), r,
                               {{along(unused) / against(unused), 1}, {kindred::meta_path(along(relation_id{77})), 1}});
  check_score(model, 0, 0);
  check_score(model, 9, 0);
  CHECK(score_of(model, user_id{kindred::index_limit}, item_id{kindred::index_limit}) == 0);
  CHECK(!model.knows(user_id{5}));
  CHECK(!model.knows(item_id{5}));
  CHECK(support::error_of([&] { kindred::check_path(along(relation_id{77}), graph); }).kind() ==
        kindred::error_kind::setting);
  kindred::path_walk<> walk(graph);
  walk(node_id{50}, along(unused) / along(r));
  CHECK(walk.nodes().empty());
  knowledge_graph const nothing;
  kindred::free_walk wander(nothing);
  wander(node_id{3}, 2);
  CHECK(wander.nodes(2).empty());
  kindred::whole_pagerank rank(nothing);
  rank(node_id{3});
  CHECK(rank.values().empty());
}

TEST_CASE("hostile graphs: a hub with a million facts costs as much as it has") {
  // Everybody is related to node 0; user 0 is node 1, item 0 is node 2. Forth and back twice by the hub there are n^2 pairs of ways.
  constexpr index_t n = support::sanitized ? 100'000 : 1'000'000;
  std::vector<kindred::triple> facts;
  facts.reserve(n);
  for (index_t x = 1; x <= n; ++x) facts.push_back(fact(x, r, 0));
  auto graph = knowledge_graph::from(facts);
  CHECK(graph.degree(node_id{0}) == n);
  auto const links = kindred::entity_links(n + 1, {1}, {2});
  model_of_doubles const model(std::move(graph), links, r,
                               {{along(r) / against(r) / along(r) / against(r), 1}, {along(r) / against(r), 1}});
  check_score(model, 0, 1.0 + n);
  std::vector<double> range(4);
  model.score_range(user_id{0}, item_id{0}, range);
  CHECK(range[0] == 1.0 + n);

  kindred::path_query whole(model), bounded(model, 1000);
  whole(user_id{0});
  CHECK(whole.items().size() == 1);
  CHECK(whole.steps() < 8 * std::size_t{n});
  bounded(user_id{0});
  CHECK(bounded.steps() <= 2000);
  CHECK(bounded.left() > 0);
  kindred::path_audience whom(model, 1000);
  whom(item_id{0});  // the path of two steps goes through; of that of four, the hub ends
  CHECK(whom.steps() <= 2000 + std::size_t{n});
  CHECK(whom.users().size() == 1);
  CHECK(whom.users()[0].value == 1);
  CHECK(whom.left() == 1);

  kindred::personalized_pagerank near(model.graph(), 0.15, 1e-3);
  near(node_id{1});
  CHECK(near.steps() <= 1 / (1e-3 * 0.15));
  kindred::free_walk walk(model.graph());
  walk(node_id{1}, 3);
  CHECK(walk.nodes(2).size() == n);
  CHECK(walk.value(3, node_id{0}) == doctest::Approx(1));
}

TEST_CASE("hostile graphs: floats of ten thousand walks that meet on a node are within the tolerance of a batch") {
  constexpr index_t n = 10'000;
  std::vector<kindred::triple> facts;
  for (index_t x = 1; x <= n; ++x) facts.push_back(fact(x, r, 0));
  kindred::path_scorer<float> const model(knowledge_graph::from(facts), kindred::entity_links(n + 1, {1}, {2}), r,
                                          {{along(r) / against(r) / along(r) / against(r), 1}});
  CHECK(score_of(model, user_id{0}, item_id{0}) == doctest::Approx(1e-4));
  user_id const user{0};
  auto const law = kindred::testing::check_batch_scorer(model, std::span(&user, 1), 1);
  CHECK_MESSAGE(law.holds(), law.message());
}
