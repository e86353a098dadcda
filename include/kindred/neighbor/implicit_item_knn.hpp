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

// Recommends from clicks and purchases what is like the things a user has: each of these speaks for the items nearest to it,
// and an item scores the sum of the similarities of those that speak for it (Deshpande and Karypis, "Item-based top-N
// recommendation algorithms", 2004, without their normalization).
//
// Two settings hold back what is near to everybody, and what everybody has; both are off unless asked for. hub_power takes
// the lists as a matrix, a row for each to whom neighbors were found, and divides every column by its length to that power.
//
// Similarity is any similarity of sparse rows, or a neighbor_source. What counts is that a user has an item; values and
// weights of the ratings reach the similarity, which may heed values, and not the votes. Costs the sum over users of their
// squared counts and keeps `neighbors` an item. Deterministic on any number of threads. One epoch; nothing to observe.
template <class Similarity = cosine>
struct implicit_item_knn {
  static_assert(neighborly<Similarity, detail::either<neighborly<Similarity, double, item_id>>, item_id>,
                "implicit_item_knn: not a similarity of sparse rows");

  using side = item_id;  // whose neighbors are found

  std::uint32_t neighbors = 200;  // that an item speaks for
  std::uint32_t min_shared = 1;   // users that two items must share to be compared
  double hub_power = 0;           // 1: what each item says as a neighbor is brought to length one; 0 leaves it
  double popularity_power = 0;    // scores are divided by how many users have the item, to this power
  Similarity similarity = {};

  template <real T, executor E, observer O>
    requires neighborly<Similarity, T, item_id>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O&) const {
    return detail::fit_implicit_knn<item_id>("implicit_item_knn", *this, data, ex);
  }
};

KINDRED_END
