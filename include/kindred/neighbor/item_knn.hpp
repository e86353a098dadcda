// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_als.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/all_pairs.hpp>
#include <kindred/neighbor/item_knn_model.hpp>
#include <kindred/neighbor/residuals.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/similarity/shrunk.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cstdint>
#include <utility>

KINDRED_BEGIN

// Item-based collaborative filtering: finds the items most like each item; those that the user rated then vote on it
// (Sarwar, Karypis, Konstan and Riedl, "Item-based collaborative filtering recommendation algorithms", 2001).
//
// Similarity is any similarity of sparse rows of ratings, Base any recipe of a predictor, from which opinions are measured.
// Costs the sum over users of their squared rating counts (for co_rated similarities) and keeps `candidates` neighbors an
// item, never items x items.
//
// Damping holds back what few or distant voters say: without it a single enthusiast lifts an obscure item above everything,
// which errors hardly show and recommendations do. Deterministic on any number of threads. One epoch; nothing to observe.
template <class Similarity = shrunk<pearson>, class Base = bias_als>
struct item_knn {
  // Said here, so that the compiler names what is lacking; fit would only not be found.
  static_assert(
      kindred::similarity<Similarity, sparse_row<detail::either<kindred::similarity<Similarity, sparse_row<double>>>>>,
      "item_knn: not a similarity of sparse rows");

  std::uint32_t neighbors = 40;    // how many vote on an item, at most
  std::uint32_t candidates = 500;  // how many are kept an item; those of them that the user rated may vote
  std::uint32_t min_shared = 2;    // users that two items must share to be compared
  double damping = 1;              // added to the sum of the voters' similarities; 0 takes the weighted mean as it is
  Similarity similarity = {};
  Base base = {};

  template <real T, executor E, observer O>
    requires kindred::similarity<Similarity, sparse_row<T>> && recipe<Base, ratings<T>>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O&) const {
    if (neighbors == 0) raise(error(error_kind::setting) << "item_knn: neighbors = 0; at least one has to vote");
    if (candidates == 0) raise(error(error_kind::setting) << "item_knn: candidates = 0; nothing would be left to vote");
    check_not_negative("item_knn: damping", damping);
    check_settings(similarity);
    auto model = kindred::fit(base, data, ex).model;
    static_assert(predictor<decltype(model)>, "item_knn: the base does not predict ratings");
    auto left = residuals(data, model, ex);
    auto const& compared = prepared<item_id>(similarity, data);
    auto near_by = all_pairs(compared.by_item(), compared.by_user(), similarity, {candidates, min_shared}, ex);
    using trained = item_knn_model<T, decltype(model)>;
    return fitted<trained>{
        trained(std::move(model), std::move(near_by), std::move(left), neighbors, static_cast<T>(damping)),
        {.epochs = 1}};
  }
};

KINDRED_END
