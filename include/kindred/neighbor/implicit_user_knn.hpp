// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/fit_implicit_knn.hpp>
#include <kindred/neighbor/fit_knn.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/similarity/cosine.hpp>

#include <cstdint>

KINDRED_BEGIN

// Recommends from clicks and purchases what people like a user have: an item scores the sum of the similarities of those of
// the nearest users who have it.
//
// Two settings hold back what is near to everybody, and what everybody has; both are off unless asked for. hub_power takes
// the lists as a matrix, a row for each to whom neighbors were found, and divides every column by its length to that power.
//
// Similarity is any similarity of sparse rows, or a neighbor_source. What counts is that somebody has an item; values and
// weights of the ratings reach the similarity, which may heed values, and not the votes. Costs the sum over items of their
// squared counts and keeps `neighbors` a user. Deterministic on any number of threads. One epoch; nothing to observe.
template <class Similarity = cosine>
struct implicit_user_knn {
  static_assert(neighborly<Similarity, detail::either<neighborly<Similarity, double, user_id>>, user_id>,
                "implicit_user_knn: not a similarity of sparse rows");

  using side = user_id;  // whose neighbors are found

  std::uint32_t neighbors = 100;  // that are kept a user: these speak for what they have
  std::uint32_t min_shared = 1;   // items that two users must share to be compared
  double hub_power = 0;           // 1: what each user says as a neighbor is brought to length one; 0 leaves it
  double popularity_power = 0;    // scores are divided by how many users have the item, to this power
  Similarity similarity = {};

  template <real T, executor E, observer O>
    requires neighborly<Similarity, T, user_id>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O&) const {
    return detail::fit_implicit_knn<user_id>("implicit_user_knn", *this, data, ex);
  }
};

KINDRED_END
