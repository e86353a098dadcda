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
    if (p.size() != q.size() || p.degree() != q.degree()) return false;
    for (std::size_t k = 0; k != p.size(); ++k)
      if (p.step(k) != q.step(k) ||
          !std::equal(p.nodes(k).begin(), p.nodes(k).end(), q.nodes(k).begin(), q.nodes(k).end()))
        return false;
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

TEST_CASE("knowledge_graph: more facts of a node, and more relations, than 16 bits can number") {
  // Node 0 has so many facts by one relation, and three by a later and an earlier one.
  for (kindred::index_t const facts : {65'532u, 65'533u}) {
    std::vector<triple> all{fact(0, relation_id{0}, 5), fact(9, relation_id{2}, 0), fact(3, relation_id{2}, 0)};
    for (kindred::index_t k = 0; k != facts; ++k) all.push_back(fact(0, relation_id{1}, k + 1));
    auto graph = knowledge_graph::from(all);
    auto const is_whole = [&](kindred::index_t more) {
      auto const hub = graph.row(0);
      REQUIRE(hub.size() == 3);
      CHECK(hub.degree() == facts + 3 + more);
      CHECK(hub.nodes(0).size() == 1);
      CHECK(hub.nodes(1).size() == facts + more);
      CHECK(hub.nodes(1).back() == facts + more);
      CHECK(hub.nodes(2).front() == 3);
      CHECK(hub.all_nodes().back() == 9);
      CHECK(hub.of(along(relation_id{2})).empty());
      CHECK(graph.contains(node_id{9}, relation_id{2}, node_id{0}));
      CHECK(graph.contains(node_id{0}, relation_id{1}, node_id{facts / 2}));
      CHECK(graph.statistics(relation_id{1}).facts == facts + more);
    };
    is_whole(0);
    graph.add(fact(0, relation_id{1}, facts + 1));
    is_whole(1);
  }
  for (kindred::index_t const last : {32'767u, 32'768u}) {
    std::vector<triple> const all{fact(0, relation_id{last}, 1), fact(0, relation_id{7}, 2),
                                  fact(1, relation_id{last}, 0), fact(0, relation_id{last}, 4)};
    auto const graph = knowledge_graph::from(all);
    CHECK(graph.row(0).size() == 3);
    CHECK(graph.of(node_id{0}, along(relation_id{last})).size() == 2);
    CHECK(graph.of(node_id{0}, against(relation_id{last})).size() == 1);
    CHECK(graph.of(node_id{0}, along(relation_id{6})).empty());
    CHECK(graph.of(node_id{0}, against(relation_id{99'999})).empty());
    auto grown = knowledge_graph::from(std::span(all).first(0), {.nodes = 3});
    for (triple const& t : all) grown.add(t);
    CHECK(same_rows(graph, grown));
  }
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
  CHECK(refused({}, {.relations = kindred::index_limit / 2 + 1}) == kindred::error_kind::shape);
  CHECK(knowledge_graph::from({}).empty());
}
