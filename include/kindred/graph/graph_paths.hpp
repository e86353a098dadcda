// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/graph/entity_links.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/path_scorer.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <cstddef>
#include <limits>
#include <vector>

KINDRED_BEGIN

// What is known about users and items besides ratings, and the paths to recommend by: fit() adds the ratings as one more
// relation, the weight of a fact being the rating, its time that of the rating.
//
//   kindred::graph_paths<> how{.about = facts, .links = links, .interacts = buys, .paths = {{buys_brand, 1}}};
//   auto const model = kindred::fit(how, ratings).model;
template <step_weight W = random_steps>
struct graph_paths {
  knowledge_graph about{};
  entity_links links{};
  relation_id interacts{};
  std::vector<weighted_path> paths{};
  W steps{};

  // Throws error: setting for what path_scorer refuses; data for a negative rating, for it would be the weight of a fact, while one of zero
  // is none; shape when `links` were made for another graph.
  template <real T, executor E, observer O>
  [[nodiscard]] fitted<path_scorer<T, W>> fit(ratings<T> const& data, E&, O& watch) const {
    static_cast<void>(watch(progress{1, 0}));
    return {path_scorer<T, W>(graph_of(data), links, interacts, paths, steps), {.epochs = 1}};
  }

  // What is known, and the ratings that keep(user, item) picks.
  template <real T, class Keep>
  [[nodiscard]] knowledge_graph graph_of(ratings<T> const& data, Keep const& keep) const {
    if (links.own() < about.node_count())
      raise(error(error_kind::shape) << "graph_paths: links for " << links.own() << " nodes, but the graph has "
                                     << about.node_count());
    if (!links.fits(data.user_count()) || !links.fits(data.item_count()))
      raise(error(error_kind::shape) << "graph_paths: more users and items than a graph has nodes");
    std::vector<triple> facts = about.facts();
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      auto const times = data.times(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        if (row.value[k] == 0 || !keep(u, row.index[k])) continue;
        facts.push_back({node_id{links.node_of(user_id{u})}, interacts, node_id{links.node_of(item_id{row.index[k]})},
                         weight_of(row.value[k]), times.empty() ? no_time : times[k]});
      }
    }
    return knowledge_graph::from(facts);
  }
  template <real T>
  [[nodiscard]] knowledge_graph graph_of(ratings<T> const& data) const {
    return graph_of(data, [](index_t, index_t) { return true; });
  }

private:
  // Within the range of a fact's weight, which is a float.
  template <real T>
  [[nodiscard]] static float weight_of(T value) noexcept {
    using limits = std::numeric_limits<float>;
    if (value > 0 && static_cast<double>(value) < static_cast<double>((limits::min)())) return (limits::min)();
    return static_cast<double>(value) > static_cast<double>((limits::max)()) ? (limits::max)()
                                                                             : static_cast<float>(value);
  }
};

KINDRED_END
