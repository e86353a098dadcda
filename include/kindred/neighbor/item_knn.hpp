// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_als.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/aggregator.hpp>
#include <kindred/neighbor/fit_knn.hpp>
#include <kindred/neighbor/on_residuals.hpp>
#include <kindred/neighbor/weighted_mean.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <concepts>
#include <cstdint>

KINDRED_BEGIN

// Item-based collaborative filtering: finds the items most like each item; those that the user rated then vote on it
// (Sarwar, Karypis, Konstan and Riedl, "Item-based collaborative filtering recommendation algorithms", 2001).
//
// Similarity is any similarity of sparse rows of ratings, or a neighbor_source; Base any recipe of a predictor, from which
// opinions are measured; Aggregate what is made of the votes. Costs the sum over users of their squared rating counts (for
// co_rated similarities) and keeps `candidates` neighbors an item, never items x items.
//
// By default items are compared by what the base leaves of their ratings, which is more accurate than Pearson's correlation
// of the ratings and costs one sum instead of five.
//
// Weights of ratings reach the base, if it heeds them; similarities and votes take every rating alike. Deterministic on any
// number of threads. One epoch; nothing to observe.
template <class Similarity = on_residuals<shrunk<cosine>>, class Base = bias_als, class Aggregate = weighted_mean>
struct item_knn {
  // Said here, so that the compiler names what is lacking; fit would only not be found.
  static_assert(neighborly<Similarity, detail::either<neighborly<Similarity, double, item_id>>, item_id>,
                "item_knn: not a similarity of sparse rows");
  static_assert(aggregator<Aggregate, detail::either<aggregator<Aggregate, double>>>, "item_knn: not an aggregator");

  using side = item_id;  // whose neighbors are found

  std::uint32_t neighbors = 40;    // how many vote on an item, at most
  std::uint32_t candidates = 500;  // how many are kept an item; those of them that the user rated may vote
  std::uint32_t min_shared = 2;    // users that two items must share to be compared
  Similarity similarity = {};
  Base base = {};
  Aggregate aggregate = usual();

  template <real T, executor E, observer O>
    requires neighborly<Similarity, T, item_id> && recipe<Base, ratings<T>> && aggregator<Aggregate, T>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O&) const {
    return detail::fit_knn<item_id>("item_knn", *this, data, ex);
  }

private:
  // A tenth: cosines of residuals are small numbers, and a damping of one would drown them.
  [[nodiscard]] static constexpr Aggregate usual() noexcept {
    if constexpr (std::same_as<Aggregate, weighted_mean>) return {.damping = 0.1};
    else return {};
  }
};

KINDRED_END
