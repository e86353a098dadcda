// SPDX-License-Identifier: BSL-1.0
#include <kindred/graph/pagerank.hpp>

#include "../../support/error_of.hpp"
#include "golden_graph.hpp"

#include <kindred/graph/whole_pagerank.hpp>

#include <doctest/doctest.h>

#include <cmath>
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

TEST_CASE("whole_pagerank: all values together within the stated error of a power iteration") {
  for (std::uint64_t seed = 0; seed != 6; ++seed) {
    // Few facts: some nodes have none, and the graph falls into parts.
    auto const graph = knowledge_graph::from(golden::random_facts(seed, 60, 3, 20 + 25 * seed), {.nodes = 62});
    for (double const error : {1e-2, 1e-6, 1e-12}) {
      kindred::whole_pagerank rank(graph, 0.2, error);
      for (index_t home : {0u, 7u, 61u}) {
        rank(node_id{home});
        auto const slow = slow_pagerank(graph, home, 0.2);
        double off = 0;
        for (index_t x = 0; x != graph.node_count(); ++x) {
          CHECK(rank.value(node_id{x}) >= 0);
          off += std::abs(slow[x] - rank.value(node_id{x}));
        }
        CHECK(off <= error + 1e-14);
        CHECK(rank.left() <= error);
      }
    }
  }
}

TEST_CASE("whole_pagerank: two nodes by hand; facts that come later; what is refused, and who is unknown") {
  // From a, with restart 1/5: at a with p, at b with q; p = 1/5 + 4/5 q, q = 4/5 p, so p = 5/9 and q = 4/9.
  auto graph = knowledge_graph::from(std::vector{golden::fact(0, golden::buys, 1)}, {.nodes = 3});
  kindred::whole_pagerank rank(graph, 0.2, 1e-12);
  rank(node_id{0});
  CHECK(rank.value(node_id{0}) == doctest::Approx(5.0 / 9));
  CHECK(rank.value(node_id{1}) == doctest::Approx(4.0 / 9));
  CHECK(rank.value(node_id{2}) == 0);
  // A line a - b - c: p = 1/5 + 2/5 q, q = 4/5 (p + r), r = 2/5 q.
  graph.add(golden::fact(1, golden::brand, 2));
  rank(node_id{0});
  double const q = 4.0 / 9;  // p + r = 1/5 + 4/5 q
  CHECK(rank.value(node_id{1}) == doctest::Approx(q));
  CHECK(rank.value(node_id{2}) == doctest::Approx(0.4 * q));
  rank(node_id{9});
  CHECK(rank.value(node_id{9}) == 0);
  CHECK(support::error_of([&] { kindred::whole_pagerank(graph, 1); }).kind() == kindred::error_kind::setting);
  CHECK(support::error_of([&] { kindred::whole_pagerank(graph, 0.5, 0); }).kind() == kindred::error_kind::setting);
}
