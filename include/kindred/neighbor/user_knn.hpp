// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/mean.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/aggregator.hpp>
#include <kindred/neighbor/fit_knn.hpp>
#include <kindred/neighbor/weighted_mean.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <cstdint>

KINDRED_BEGIN

// User-based collaborative filtering: finds the users most like each user, who then vote on what they rated.
//
// Similarity is any similarity of sparse rows of ratings, or a neighbor_source; Base any recipe of a predictor, from which
// opinions are measured; Aggregate what is made of the votes. Costs the sum over items of their squared rating counts (for
// co_rated similarities) and keeps `candidates` neighbors a user, never users x users.
//
// Weights of ratings reach the base, if it heeds them; similarities and votes take every rating alike. Deterministic on any
// number of threads. One epoch; nothing to observe.
template <class Similarity = shrunk<pearson>, class Base = user_mean, class Aggregate = weighted_mean>
struct user_knn {
  // Said here, so that the compiler names what is lacking; fit would only not be found.
  static_assert(neighborly<Similarity, detail::either<neighborly<Similarity, double, user_id>>, user_id>,
                "user_knn: not a similarity of sparse rows");
  static_assert(aggregator<Aggregate, detail::either<aggregator<Aggregate, double>>>, "user_knn: not an aggregator");

  using side = user_id;  // whose neighbors are found

  std::uint32_t neighbors = 40;    // how many vote on an item, at most
  std::uint32_t candidates = 500;  // how many are kept a user; those of them who rated the item may vote
  std::uint32_t min_shared = 2;    // items that two users must share to be compared
  Similarity similarity = {};
  Base base = {};
  Aggregate aggregate = {};

  template <real T, executor E, observer O>
    requires neighborly<Similarity, T, user_id> && recipe<Base, ratings<T>> && aggregator<Aggregate, T>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O&) const {
    return detail::fit_knn<user_id>("user_knn", *this, data, ex);
  }
};

KINDRED_END
