// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/recommender.hpp>
#include <kindred/core/id.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/average_precision_at.hpp>
#include <kindred/evaluate/bootstrap.hpp>
#include <kindred/evaluate/estimate.hpp>
#include <kindred/evaluate/liked_items.hpp>
#include <kindred/evaluate/measure_lists.hpp>
#include <kindred/evaluate/ndcg_at.hpp>
#include <kindred/evaluate/offered_lists.hpp>
#include <kindred/evaluate/precision_at.hpp>
#include <kindred/evaluate/ranking_protocol.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/scorer.hpp>

KINDRED_BEGIN

// The figures of ranking_accuracy, each with its interval over users.
struct ranking_estimates {
  estimate precision = {};
  estimate recall = {};
  estimate hit_rate = {};
  estimate ndcg = {};
  estimate map = {};
  estimate mrr = {};
};

// Of lists that were made already, at k = their length. Lists of users who liked nothing judge nothing: make them for
// liked.users(). Throws as bootstrap::check.
template <executor E = sequential>
[[nodiscard]] ranking_estimates estimate_ranking(offered_lists const& lists, liked_items const& liked,
                                                 bootstrap how = {}, E&& ex = {}) {
  auto const k = lists.length();
  auto const columns = measure_lists(
      lists, ex, judged_by(precision_at{k}, liked), judged_by(recall_at{k}, liked), judged_by(hit_rate_at{k}, liked),
      judged_by(ndcg_at{k}, liked), judged_by(average_precision_at{k}, liked), judged_by(reciprocal_rank_at{k}, liked));
  auto const e = bootstrap_means(columns, how, ex);
  return {e[0], e[1], e[2], e[3], e[4], e[5]};
}

// Of a model: evaluate_ranking with intervals. The values are those of evaluate_ranking up to the order in which users are summed.
template <list_source M, executor E = sequential>
[[nodiscard]] ranking_estimates estimate_ranking(M const& model, ratings<value_t<M>> const& train,
                                                 ratings<value_t<M>> const& test, ranking_protocol const& protocol = {},
                                                 bootstrap how = {}, E&& ex = {}) {
  protocol.check();
  liked_items const liked(test, protocol.relevant_from);
  return estimate_ranking(offered_by(model, train, liked.users(), protocol.length, ex), liked, how, ex);
}

KINDRED_END
