// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/pagerank.hpp>

#include "../../support/error_of.hpp"
#include "golden_graph.hpp"

#include <doctest/doctest.h>

#include <vector>

using kindred::index_t;
using kindred::knowledge_graph;
using kindred::node_id;

namespace {

// Power iteration over the whole graph.
std::vector<double> slow_pagerank(knowledge_graph const& graph, index_t home, double restart) {
  std::vector<double> at(graph.node_count()), value(graph.node_count());
  at[home] = 1;
  for (int step = 0; step != 400; ++step) {
    std::vector<double> next(at.size());
    for (index_t x = 0; x != graph.node_count(); ++x) {
      auto const row = graph.row(x);
      if (row.empty()) {
        value[x] += at[x];
        continue;
      }
      value[x] += restart * at[x];
      for (std::size_t k = 0; k != row.size(); ++k)
        for (index_t const y : row.nodes(k)) next[y] += (1 - restart) * at[x] / static_cast<double>(row.degree());
    }
    at = next;
  }
  return value;
}

}  // namespace

TEST_CASE("personalized_pagerank: within the stated error of a power iteration") {
  for (std::uint64_t seed = 0; seed != 6; ++seed) {
    auto const graph = knowledge_graph::from(golden::random_facts(seed, 40, 3, 90), {.nodes = 42});
    for (double const error : {1e-2, 1e-4, 1e-9}) {
      kindred::personalized_pagerank rank(graph, 0.2, error);
      for (index_t home : {0u, 7u, 41u}) {
        rank(node_id{home});
        auto const slow = slow_pagerank(graph, home, 0.2);
        double sum = 0;
        for (index_t x = 0; x != graph.node_count(); ++x) {
          double const value = rank.value(node_id{x});
          CHECK(value <= slow[x] + 1e-12);
          CHECK(value >= slow[x] - error * static_cast<double>(graph.degree(node_id{x})) - 1e-12);
          sum += value;
        }
        CHECK(sum <= 1 + 1e-12);
        CHECK(static_cast<double>(rank.steps()) <= 1 / (error * 0.2));
      }
    }
  }
}

TEST_CASE("personalized_pagerank: what is refused, and who is unknown") {
  knowledge_graph const graph;
  CHECK(support::error_of([&] { kindred::personalized_pagerank(graph, 0); }).kind() == kindred::error_kind::setting);
  CHECK(support::error_of([&] { kindred::personalized_pagerank(graph, 0.5, -1); }).kind() ==
        kindred::error_kind::setting);
  kindred::personalized_pagerank rank(graph);
  rank(node_id{3});
  CHECK(rank.value(node_id{3}) == 0);
  CHECK(rank.reached().empty());
}
