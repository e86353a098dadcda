// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/fit_implicit_knn.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/similarity/random_walk.hpp>

#include <cstdint>
#include <vector>

KINDRED_BEGIN

// Recommends from clicks and purchases where random walks of three steps end - to an item that the user has, to somebody who has
// it, to an item of theirs - with every choice to a power, and ends that are popular anyway held back:
//
//   s(u, j) = n(j)^-beta  sum over items i of u and users v of both i and j of  n(i)^-alpha n(v)^-alpha,    j != i
//
// n counts the items of a user and the users of an item. With beta = 0 this is P3-alpha (Cooper, Lee, Radlinski and Kushilevitz,
// "Random walks in recommender systems: exact computation and simulations", 2014), else RP3-beta (Paudel, Christoffel, Newell
// and Bernstein, 2017; Christoffel, Paudel, Newell and Bernstein, "Blockbusters and wallflowers", 2015), without the factor
// n(u)^-alpha of the first step, which changes no order. The walks of two steps from an item are counted beforehand, all of
// them, and the most likely `neighbors` ends kept; with as many as there are items nothing is left out. user_walk
// keeps those from a user, and rp3_beta_steps, in graph/, walks when asked, through facts of any kind.
//
// Ratings count alike, whatever their values. Costs the sum over users of their squared counts. Deterministic on any number of
// threads. One epoch; nothing to observe. Throws error{setting}: an exponent that is negative or not finite, no neighbors.
struct rp3_beta {
  using side = item_id;  // whose walks are kept

  std::uint32_t neighbors = 200;  // ends that are kept of an item
  double alpha = 1;               // power of the chance of a step
  double beta = 0.5;              // power of the popularity of the end

  template <real T, executor E, observer O>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O&) const {
    check();
    implicit_item_knn<random_walk> const how{.neighbors = neighbors,
                                             .similarity = {.from = alpha, .through = alpha, .to = beta}};
    return detail::fit_implicit_knn<item_id>("rp3_beta", how, data.with_values(std::vector<T>(data.size(), T{1})), ex);
  }

  void check() const {
    check_not_negative("rp3_beta: alpha", alpha);
    check_not_negative("rp3_beta: beta", beta);
  }
};

KINDRED_END
