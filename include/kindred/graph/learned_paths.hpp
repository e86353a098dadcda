// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/graph/entity_links.hpp>
#include <kindred/graph/find_paths.hpp>
#include <kindred/graph/graph_paths.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/meta_path.hpp>
#include <kindred/graph/path_lessons.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/path_scorer.hpp>
#include <kindred/graph/step_weight.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Recommends by the paths of a graph, as far as each kind of path has proved right: the recipe to begin with.
//
//   kindred::learned_paths<> const how{.about = facts, .links = links, .interacts = bought};
//   auto const model = kindred::fit(how, purchases).model;      // a path_scorer
//
// The ratings become one more relation. Kinds of path are those that find_paths finds unless you name some; how much each counts
// is learned (path ranking, Lao and Cohen, 2010):
//
//   loss = - sum over held-out liked pairs (u, i) of  log( exp s(u, i) / sum over i and drawn items z of  exp s(u, z) )
//          + l2 / 2 |w|^2,      s(u, i) = sum over kinds p of  w_p  walk_p(u, i) / its mean,   w_p >= 0
//
// Walks of a pair are taken in the graph without it: the ratings are held out by folds, each asked about by what the others say.
// With hide = hidden::items a fold is made of whole items, so that what is learned is what helps with items that nobody has
// had yet. Kinds that proved worth nothing are left out of the model.
//
// Time: a walk of every kind for each of `users` users, and the epochs. Every user is a task; the same bits on any number of threads.
// Throws what graph_paths throws, and error{setting} for settings out of their range.
template <step_weight W = random_steps>
struct learned_paths {
  knowledge_graph about{};
  entity_links links{};
  relation_id interacts{};
  std::vector<meta_path> paths{};  // empty: find_paths
  W steps{};
  hidden hide = hidden::ratings;
  double liked_from = 0;  // ratings below are no examples of what a user likes
  std::uint32_t folds = 5;
  std::uint32_t users = 2000;    // to learn from, about
  std::uint32_t lessons = 4;     // liked pairs of each, and of every fold, at most
  std::uint32_t negatives = 20;  // drawn items beside each of them
  std::uint32_t epochs = 20;
  double rate = 0.1;
  double l2 = 1e-4;
  std::uint64_t seed = 0;

  void check() const {
    check_settings(steps);
    check_not_negative("learned_paths: l2", l2);
    if (folds < 2 || negatives == 0 || users == 0)
      raise(error(error_kind::setting) << "learned_paths: folds = " << folds << ", negatives = " << negatives
                                       << ", users = " << users << "; at least 2, 1 and 1 are needed");
    if (!is_finite(rate) || !(rate > 0))
      raise(error(error_kind::setting) << "learned_paths: rate = " << rate << "; it has to be a positive number");
  }

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<path_scorer<T, W>> fit(ratings<T> const& data, E& ex, O& watch) const {
    check();
    graph_paths<W> plain{about, links, interacts, {}, steps};
    auto kinds = paths;
    knowledge_graph whole = plain.graph_of(data);
    if (kinds.empty()) kinds = find_paths(whole, links, interacts);
    if (kinds.empty()) kinds.push_back(along(interacts) / against(interacts) / along(interacts));  // leads nowhere
    detail::path_lessons given(kinds.size());
    for (std::uint32_t fold = 0; fold != folds; ++fold) {
      detail::fold_of_pairs const out{seed, fold, folds, hide};
      auto const seen = plain.graph_of(data, [&](index_t u, index_t i) { return !out.holds(u, i); });
      given.ask(data, seen, links, kinds, steps, out, {users, lessons, negatives, liked_from}, ex);
    }
    given.divide_by_means();
    std::vector<double> weight(kinds.size(), 1.0);
    fit_report report{};
    for (std::uint32_t epoch = 1; epoch <= epochs; ++epoch) {
      report = {.epochs = epoch, .objective = given.descend(rate, l2, weight)};
      if (watch(progress{epoch, report.objective}) == flow::stop) break;
    }
    std::vector<weighted_path> weighted;
    double largest = 0;
    for (double const w : weight) largest = w > largest ? w : largest;
    for (std::size_t k = 0; k != kinds.size(); ++k)
      if (weight[k] > 1e-3 * largest && given.mean(k) > 0) weighted.push_back({kinds[k], weight[k] / given.mean(k)});
    if (weighted.empty()) weighted.push_back({kinds[0], 1});  // nothing could be learned
    return {path_scorer<T, W>(std::move(whole), links, interacts, std::move(weighted), steps), report};
  }
};

KINDRED_END
