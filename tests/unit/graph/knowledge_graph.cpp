// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/knowledge_graph.hpp>

#include "../../support/error_of.hpp"
#include "golden_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <vector>

using golden::brand;
using golden::buys;
using golden::fact;
using kindred::against;
using kindred::along;
using kindred::knowledge_graph;
using kindred::node_id;
using kindred::relation_id;
using kindred::triple;

namespace {

bool same_rows(knowledge_graph const& a, knowledge_graph const& b) {
  if (a.node_count() != b.node_count() || a.relation_count() != b.relation_count() || a.size() != b.size())
    return false;
  for (kindred::index_t x = 0; x != a.node_count(); ++x) {
    auto const p = a.row(x), q = b.row(x);
    if (!std::equal(p.steps().begin(), p.steps().end(), q.steps().begin(), q.steps().end())) return false;
    for (std::size_t k = 0; k != p.size(); ++k)
      if (!std::equal(p.nodes(k).begin(), p.nodes(k).end(), q.nodes(k).begin(), q.nodes(k).end())) return false;
  }
  for (kindred::index_t r = 0; r != a.relation_count(); ++r) {
    auto const p = a.statistics(relation_id{r}), q = b.statistics(relation_id{r});
    if (p.facts != q.facts || p.heads != q.heads || p.tails != q.tails) return false;
  }
  return a.facts() == b.facts();
}

}  // namespace

TEST_CASE("knowledge_graph: steps in both directions, degrees, statistics") {
  auto const graph = knowledge_graph::from(golden::facts());
  CHECK(graph.node_count() == 9);
  CHECK(graph.relation_count() == 3);
  CHECK(graph.size() == 15);
  auto const of_u3 = graph.of(node_id{golden::u3}, along(buys));
  REQUIRE(of_u3.size() == 3);
  CHECK(of_u3.node[0] == golden::i2);
  CHECK(of_u3.node[2] == golden::i4);
  CHECK(graph.of(node_id{golden::b1}, against(brand)).size() == 3);
  CHECK(graph.of(node_id{golden::b1}, along(brand)).empty());
  CHECK(graph.of(node_id{77}).empty());
  CHECK(graph.degree(node_id{golden::i2}) == 4);
  CHECK(graph.contains(node_id{golden::u1}, buys, node_id{golden::i2}));
  CHECK(!graph.contains(node_id{golden::u1}, buys, node_id{golden::i3}));
  CHECK(graph.statistics(brand).functionality() == 1);  // every product has one brand
  CHECK(graph.statistics(brand).inverse_functionality() == 0.5);
  CHECK(graph.statistics(relation_id{9}).facts == 0);
  CHECK(!graph.weighted());
  CHECK(!graph.timed());
}

TEST_CASE("knowledge_graph: a fact given twice counts once, the later weight and time are kept") {
  std::vector<triple> facts{{node_id{0}, buys, node_id{1}, 2, 10}, {node_id{0}, buys, node_id{1}, 3, 5}};
  auto const graph = knowledge_graph::from(facts, {.nodes = 4, .relations = 2});
  CHECK(graph.size() == 1);
  CHECK(graph.node_count() == 4);
  CHECK(graph.facts() == std::vector<triple>{facts[1]});
  CHECK(graph.of(node_id{1}, against(buys)).weight_of(0) == 3);
  CHECK(graph.of(node_id{1}, against(buys)).time_of(0) == 5);
}

TEST_CASE("knowledge_graph: adding facts one by one gives what building gives") {
  for (std::uint64_t seed = 0; seed != 20; ++seed) {
    auto facts = golden::random_facts(seed, 12, 3, 60);
    for (std::size_t k = 0; k != facts.size(); k += 3) facts[k].weight = 0.5f;
    for (std::size_t k = 0; k != facts.size(); k += 4) facts[k].time = static_cast<std::int64_t>(k);
    auto grown = knowledge_graph::from(std::span(facts).first(30));
    for (std::size_t k = 30; k != facts.size(); ++k) grown.add(facts[k]);
    CHECK(same_rows(grown, knowledge_graph::from(facts)));
  }
  knowledge_graph from_nothing;
  CHECK(from_nothing.empty());
  for (auto const& f : golden::facts()) from_nothing.add(f);
  CHECK(same_rows(from_nothing, knowledge_graph::from(golden::facts())));
}

TEST_CASE("knowledge_graph: what is refused") {
  auto const refused = [](std::vector<triple> const& facts, kindred::graph_size size = {}) {
    return support::error_of([&] { static_cast<void>(knowledge_graph::from(facts, size)); }).kind();
  };
  for (float const weight :
       {0.0f, -1.0f, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    auto const bad = triple{node_id{0}, buys, node_id{1}, weight};
    CHECK(refused({bad}) == kindred::error_kind::data);
    auto graph = knowledge_graph::from(golden::facts());
    CHECK(support::error_of([&] { graph.add(bad); }).kind() == kindred::error_kind::data);
    CHECK(same_rows(graph, knowledge_graph::from(golden::facts())));
  }
  CHECK(refused({fact(kindred::index_limit, buys, 0)}) == kindred::error_kind::data);
  CHECK(refused({fact(0, relation_id{kindred::index_limit / 2}, 0)}) == kindred::error_kind::data);
  CHECK(refused({fact(5, buys, 0)}, {.nodes = 5}) == kindred::error_kind::shape);
  CHECK(knowledge_graph::from({}).empty());
}
