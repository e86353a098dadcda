// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "golden_graph.hpp"

#include <kindred/data/ratings.hpp>
#include <kindred/graph/entity_links.hpp>
#include <kindred/graph/graph_paths.hpp>
#include <kindred/run/random.hpp>

#include <cstdint>
#include <vector>

namespace golden {

inline constexpr kindred::relation_id has{0}, about{1};

// Items 0 to 11 of 15 and users 0 to 4 of 20 are nodes of the graph itself, which has 30; a random world.
template <class T, class W>
kindred::graph_paths<W> random_world(std::uint64_t seed, W steps) {
  std::vector<kindred::triple> facts;
  kindred::random_stream random(seed, 1);
  for (int k = 0; k != 60; ++k) facts.push_back(fact(kindred::below(random, 17), about, kindred::below(random, 30)));
  std::vector<kindred::index_t> users{12, 13, 14, 15, 16},
      items{0, 1, 2, 3, 4, 5, kindred::index_limit, 7, 8, 9, 10, 11};
  return {.about = kindred::knowledge_graph::from(facts, {.nodes = 30}),
          .links = kindred::entity_links(30, users, items),
          .interacts = has,
          .paths = {{kindred::along(has) / kindred::against(has) / kindred::along(has), 1},
                    {kindred::along(has) / kindred::along(about) / kindred::against(about), 0.5},
                    {kindred::along(about) / kindred::against(about), -0.25},
                    {kindred::along(has) / kindred::against(has) / kindred::along(has) / kindred::against(about), 2},
                    {kindred::meta_path(kindred::along(about)), 0.125}},
          .steps = steps};
}

struct one_rating {
  kindred::index_t user, item;
  double value;
};

inline std::vector<one_rating> random_list(std::uint64_t seed) {
  kindred::random_stream random(seed, 2);
  std::vector<one_rating> list;
  for (kindred::index_t u = 0; u != 20; ++u)
    for (kindred::index_t i = 0; i != 15; ++i)
      if (kindred::below(random, 3) == 0) list.push_back({u, i, 1.0 + kindred::below(random, 4)});
  return list;
}

template <class T>
kindred::ratings<T> ratings_of(std::vector<one_rating> const& list) {
  kindred::rating_table<T> table;
  for (auto const& r : list) table.add(kindred::user_id{r.user}, kindred::item_id{r.item}, static_cast<T>(r.value));
  return kindred::ratings<T>::from(table, kindred::on_duplicate::last);
}

}  // namespace golden
