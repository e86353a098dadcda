// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/entity_links.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/triple.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// The kinds of path from users to items that a graph has and that mostly mean something:
//
//   interacts / ^interacts / interacts      what those have who have the same
//   interacts / r / ^r                      what shares something with what a user has: the brand, the director
//   interacts / r,  r / interacts           what goes with it; what friends have
//   s / r                                   what goes with the user: of the brand that they like
//   s / ^s / interacts                      what those have who are like them: who live in the same town
//
// with all relations in both directions, where some node joins the steps. At most `most` of them, those whose steps touch the most
// facts of items and users first; ties by step. O(facts + sum over nodes of steps squared).
[[nodiscard]] inline std::vector<meta_path> find_paths(knowledge_graph const& graph, entity_links const& links,
                                                       relation_id interacts, std::size_t most = 32) {
  std::size_t const steps = graph.step_count();
  std::vector<std::uint64_t> from_user(steps), from_item(steps);
  std::vector<bool> joined(steps * steps);
  for (index_t x = 0; x != graph.node_count(); ++x) {
    node_row const row = graph.row(x);
    bool const user = links.user_at(x) != index_limit, item = links.item_at(x) != index_limit;
    for (std::size_t a = 0; a != row.size(); ++a) {
      if (user) from_user[row.step(a)] += row.nodes(a).size();
      if (item) from_item[row.step(a)] += row.nodes(a).size();
      for (std::size_t b = 0; b != row.size(); ++b) joined[(row.step(a) ^ 1u) * steps + row.step(b)] = true;
    }
  }
  struct found {
    std::uint64_t facts;
    meta_path path;
  };
  std::vector<found> all;
  step_id const has = along(interacts);
  if (to_index(has) >= steps || from_user[to_index(has)] == 0) return {};
  auto const to_items = [&](std::size_t s) { return from_item[s ^ 1u]; };
  all.push_back({~std::uint64_t{0}, has / reversed(has) / has});
  for (index_t s = 0; s != steps; ++s) {
    step_id const step{s};
    if (relation_of(step) == interacts) continue;
    if (from_item[s] != 0) all.push_back({from_item[s], has / step / reversed(step)});
    if (from_item[s] != 0 && to_items(s) != 0) all.push_back({from_item[s], has / step});
    if (from_user[s] == 0) continue;
    all.push_back({from_user[s], step / reversed(step) / has});
    if (from_user[s ^ 1u] != 0) all.push_back({from_user[s], step / has});
    for (index_t t = 0; t != steps; ++t)
      if (relation_of(step_id{t}) != interacts && to_items(t) != 0 && joined[s * steps + t])
        all.push_back({from_user[s], step / step_id{t}});
  }
  std::stable_sort(all.begin(), all.end(), [](found const& a, found const& b) { return a.facts > b.facts; });
  std::vector<meta_path> paths;
  for (found const& f : all)
    if (paths.size() != most) paths.push_back(f.path);
  return paths;
}

KINDRED_END
