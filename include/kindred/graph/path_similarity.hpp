// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_walk.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/graph/triple.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

KINDRED_BEGIN

// How many paths lead from a to b.
[[nodiscard]] inline double path_count(knowledge_graph const& graph, meta_path const& path, node_id a, node_id b) {
  path_walk<> walk(graph);
  walk(a, path);
  return walk.value(b);
}

// PathSim (Sun et al., 2011, eq. 2): 2 paths(a, b) / (paths(a, a) + paths(b, b)), in [0, 1] and symmetric: peers are alike that are
// joined to each other about as much as each is to itself. Only for paths that are their own way back; error{setting} else.
[[nodiscard]] inline double path_sim(knowledge_graph const& graph, meta_path const& path, node_id a, node_id b) {
  if (!path.symmetric())
    raise(error(error_kind::setting) << "path_sim: the path is not its own way back; compare with hete_sim");
  path_walk<> walk(graph);
  walk(a, path);
  double const to_b = walk.value(b), to_a = walk.value(a);
  walk(b, path);
  double const sum = to_a + walk.value(b);
  return sum > 0 ? 2 * to_b / sum : 0;
}

// HeteSim (Shi et al., 2014): the cosine of where two random walkers arrive who set out from both ends of the path and meet in its
// middle; in [0, 1], and the same from the other end. For any path; walkers on one of an odd number of steps meet on the facts
// of its middle step, each taken to be a node (section 3.2 there).
[[nodiscard]] inline double hete_sim(knowledge_graph const& graph, meta_path const& path, node_id a, node_id b) {
  std::size_t const half = path.size() / 2;
  bool const odd = path.size() % 2 != 0;
  path_walk<random_steps> from_a(graph), from_b(graph);
  from_a(a, path, half);
  from_b(b, path.reversed(), half);
  double product = 0, size_a = 0, size_b = 0;
  for (index_t const x : from_a.nodes()) {
    double const v = from_a.value(node_id{x});
    if (odd) {
      node_list const over = graph.of(node_id{x}, path[half]);
      if (over.empty()) continue;
      auto const n = static_cast<double>(over.size());
      size_a += v * v / n;
      for (index_t const y : over.node) {
        double const w = from_b.value(node_id{y});
        if (w > 0) product += v / n * w / static_cast<double>(graph.of(node_id{y}, reversed(path[half])).size());
      }
    } else {
      size_a += v * v;
      product += v * from_b.value(node_id{x});
    }
  }
  for (index_t const x : from_b.nodes()) {
    double const v = from_b.value(node_id{x});
    std::size_t const n = odd ? graph.of(node_id{x}, reversed(path[half])).size() : 1;
    if (n != 0) size_b += v * v / static_cast<double>(n);
  }
  double const size = std::sqrt(size_a) * std::sqrt(size_b);
  return size > 0 ? (std::min)(1.0, product / size) : 0;
}

KINDRED_END
