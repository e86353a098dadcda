// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/learned_rules.hpp>

#include "../../support/error_of.hpp"
#include "golden_graph.hpp"

#include <kindred/graph/rule_query.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/fit.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using kindred::index_t;
using kindred::knowledge_graph;
using kindred::node_id;
using kindred::relation_id;
using kindred::step_id;

namespace {

// Relation 2 follows from relation 0 and then 1 in four of five cases; relation 3 leads to the same nodes, at random.
std::vector<kindred::triple> planted(std::uint64_t seed) {
  kindred::random_stream random(seed, 0);
  std::vector<kindred::triple> facts;
  for (index_t x = 0; x != 120; ++x) {
    index_t const a = 120 + kindred::below(random, 40);
    facts.push_back(golden::fact(x, relation_id{0}, a));
    facts.push_back(golden::fact(x, relation_id{3}, 160 + kindred::below(random, 40)));
    index_t const y = 160 + (a - 120);
    facts.push_back(golden::fact(a, relation_id{1}, y));
    if (kindred::below(random, 5) != 0) facts.push_back(golden::fact(x, relation_id{2}, y));
  }
  return facts;
}

}  // namespace

TEST_CASE("learned_rules: finds the rule that was planted, and what it concludes") {
  auto const graph = knowledge_graph::from(planted(1));
  auto const model = kindred::fit(kindred::learned_rules<>{.lessons = 200}, graph).model;
  kindred::rule_query ask(graph, model);
  std::size_t right = 0, asked = 0;
  for (index_t x = 0; x != 120; ++x) {
    if (!graph.of(node_id{x}, along(relation_id{2})).empty()) continue;
    ask(node_id{x}, along(relation_id{2}));
    index_t const expected = 40 + graph.of(node_id{x}, along(relation_id{0})).node[0];
    bool best = true;
    for (index_t y = 0; y != graph.node_count(); ++y)
      best = best && (y == expected || ask.score(node_id{y}) < ask.score(node_id{expected}));
    right += best;
    ++asked;
  }
  CHECK(asked > 10);
  CHECK(right == asked);
}

TEST_CASE("learned_rules: beside what was learned stand the log odds of what was counted, long rules in them alone") {
  auto const graph = knowledge_graph::from(golden::random_facts(4, 30, 3, 260));
  kindred::learned_rules<> how{.limits = {.min_support = 1, .min_overlap = 1}, .lessons = 100, .epochs = 2, .trust = 0};
  auto const counted = kindred::fit(kindred::counted_rules<>{.limits = how.limits}, graph).model;
  REQUIRE(std::ranges::any_of(counted.rules().paths(), [](auto const& r) { return r.is_long(); }));
  auto model = how.learn(graph, counted).model;
  how.limits.longest = 2;
  auto const without =
      how.learn(graph, kindred::fit(kindred::counted_rules<>{.limits = how.limits}, graph).model).model;
  std::vector<double> learned, learned_without, both;
  std::vector<double> probability;
  for (index_t x = 0; x < graph.node_count(); x += 7)
    for (index_t h = 0; h != graph.step_count(); ++h) {
      auto const ask = [&](auto const& of, std::vector<double>& scores) {
        kindred::rule_query query(graph, of);
        query(node_id{x}, step_id{h});
        query.scores(scores);
      };
      model.trust(0);
      ask(model, learned);
      ask(without, learned_without);
      CHECK(learned == learned_without);
      model.trust(2);
      ask(model, both);
      ask(counted, probability);
      for (index_t y = 0; y != graph.node_count(); ++y)
        CHECK(both[y] ==
              doctest::Approx(learned[y] + 2 * std::log((probability[y] + 1e-4) / (1 - probability[y] + 1e-3))));
    }
}

TEST_CASE("learned_rules: the same bits on any number of threads") {
  auto const graph = knowledge_graph::from(golden::random_facts(2, 40, 12, 400));
  kindred::learned_rules<> const how{.limits = {.min_support = 1, .min_overlap = 1}, .lessons = 100, .epochs = 2};
  auto const one = kindred::fit(how, graph);
  for (std::size_t const threads : {2u, 16u}) {
    kindred::thread_pool pool(threads);
    auto const many = kindred::fit(how, graph, pool);
    CHECK(many.report.objective == one.report.objective);
    for (index_t h = 0; h != graph.step_count(); ++h)
      CHECK(many.model.weights(step_id{h}) == one.model.weights(step_id{h}));
  }
}

TEST_CASE("learned_rules: nothing to learn, and settings out of their range") {
  auto const nothing = kindred::fit(kindred::learned_rules<>{}, knowledge_graph{}).model;
  knowledge_graph const graph;
  kindred::rule_query ask(graph, nothing);
  ask(node_id{3}, along(relation_id{2}));
  CHECK(ask.score(node_id{1}) == 0);
  CHECK(support::error_of([] {
          static_cast<void>(kindred::fit(kindred::learned_rules<>{.rate = 0}, knowledge_graph{}));
        }).kind() == kindred::error_kind::setting);
  CHECK(support::error_of([] {
          static_cast<void>(kindred::fit(kindred::learned_rules<>{.trust = -1}, knowledge_graph{}));
        }).kind() == kindred::error_kind::setting);
}
