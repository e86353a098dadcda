// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/triple.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

// Bodies of rules walked path by path, every path written down whole.
namespace golden {

inline std::vector<std::vector<kindred::index_t>> paths_of(kindred::knowledge_graph const& graph, kindred::index_t x,
                                                           std::span<kindred::step_id const> body) {
  std::vector<std::vector<kindred::index_t>> paths{{x}};
  for (kindred::step_id const step : body) {
    std::vector<std::vector<kindred::index_t>> longer;
    for (auto const& path : paths)
      for (kindred::index_t const y : graph.of(kindred::node_id{path.back()}, step).node)
        if (std::find(path.begin(), path.end(), y) == path.end()) {
          longer.push_back(path);
          longer.back().push_back(y);
        }
    paths = longer;
  }
  return paths;
}

// The number of paths to every node that a body joins with x; nothing where more than `most` lead on at some step of a long one.
inline std::map<kindred::index_t, std::uint32_t> joined(kindred::knowledge_graph const& graph, kindred::index_t x,
                                                        std::span<kindred::step_id const> body,
                                                        std::size_t most = ~std::size_t{0}) {
  for (std::size_t k = 1; body.size() > 2 && k <= body.size(); ++k)
    if (paths_of(graph, x, body.first(k)).size() > most) return {};
  std::map<kindred::index_t, std::uint32_t> count;
  for (auto const& path : paths_of(graph, x, body)) ++count[path.back()];
  return count;
}

inline kindred::rule_counts counted_by_hand(kindred::knowledge_graph const& graph, kindred::step_id head,
                                            std::span<kindred::step_id const> body) {
  kindred::rule_counts counts;
  for (kindred::index_t x = 0; x != graph.node_count(); ++x)
    for (auto const& [y, paths] : joined(graph, x, body)) {
      ++counts.predicted[kindred::rule_counts::bucket_of(paths)];
      counts.support[kindred::rule_counts::bucket_of(paths)] += graph.of(kindred::node_id{x}, head).contains(y);
    }
  return counts;
}

}  // namespace golden
