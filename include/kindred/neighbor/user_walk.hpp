// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/fit_implicit_knn.hpp>
#include <kindred/neighbor/implicit_user_knn.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/similarity/amplified.hpp>
#include <kindred/similarity/random_walk.hpp>

#include <cstdint>
#include <vector>

KINDRED_BEGIN

// Recommends from clicks and purchases by the walks of rp3_beta - to an item of the user, to somebody who has it, to an item of
// theirs - kept where they have come to the other people:
//
//   w(u, v) = ( sum over items i of both of  n(i)^-item_power  n(v)^-user_power )^power,    v != u
//   s(u, j) = n(j)^-beta  sum over the `neighbors` people v who w is largest for, and who have j, of  w(u, v)
//
// n counts the items of a user and the users of an item. As it stands, and with as many neighbors as there are users, these are
// the scores of rp3_beta for all that u has not. The powers of items and of people can differ here, a power above one lets the
// likeliest company speak louder than any number of others, and hub_power divides what each v says, taken over all u, by its
// length to that power, so that nobody speaks to all.
//
// Ratings count alike, whatever their values. Costs the sum over items of their squared counts. Deterministic on any number of
// threads. One epoch; nothing to observe. Throws error{setting}: an exponent that is negative or not finite, a power of zero, no
// neighbors.
struct user_walk {
  using side = user_id;  // whose walks are kept

  std::uint32_t neighbors = 500;  // people that are kept of a user
  double item_power = 1;          // of the popularity of the item that the walk passes,
  double user_power = 1;          // of how many items the other has
  double power = 1;               // of the sum over all ways to them
  double hub_power = 0;           // 1: what each says as a neighbor is brought to length one; 0 leaves it
  double beta = 0.5;              // power of the popularity of the end

  template <real T, executor E, observer O>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O&) const {
    check();
    implicit_user_knn<amplified<random_walk>> const how{
        .neighbors = neighbors,
        .hub_power = hub_power,
        .popularity_power = beta,
        .similarity = {.from = {.from = 0, .through = item_power, .to = user_power}, .power = power}};
    return detail::fit_implicit_knn<user_id>("user_walk", how, data.with_values(std::vector<T>(data.size(), T{1})), ex);
  }

  void check() const {
    check_not_negative("user_walk: item_power", item_power);
    check_not_negative("user_walk: user_power", user_power);
    check_not_negative("user_walk: beta", beta);
  }
};

KINDRED_END
