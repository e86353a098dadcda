// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/als.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/live_rating_model.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <concepts>

KINDRED_BEGIN

// A factorization of ratings whose model learns from one rating at a time, folds in new people and new things, and gives reasons:
//
//   auto model = fit(live_factors<sgd<>>{.how = {.factors = 40}}, ratings).model;
//   model.update(user, item, 4);
//
// `how` is any recipe that trains a factor_model: als, sgd, ccd, svdpp and what is built on them. The fit is its; then the biases
// and vectors of all users are solved for once more, exactly, with the items held, which for svdpp and its kin gives up what users
// share. regularization and frequency_power mean what they mean to als, and regularization what the strength of an l2 means to sgd
// and ccd. For clicks there is live_als. At most 1023 factors; ratings have no weights. What an update holds fixed,
// live_rating_model says.
template <class How = als<>>
struct live_factors {
  How how = {};
  double regularization = 0.12;
  double frequency_power = 1;

  template <real T, executor E, observer O>
    requires recipe<How, ratings<T>>
  [[nodiscard]] fitted<live_rating_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    using model = live_rating_model<T>;
    check_not_negative("live_factors: regularization", regularization);
    check_not_negative("live_factors: frequency_power", frequency_power);
    if (data.weighted()) raise(error(error_kind::data) << "live_factors: takes ratings without weights");
    auto const start = how.fit(data, ex, watch);
    static_assert(std::same_as<decltype(start.model), factor_model<T>>, "live_factors: no recipe of a factor_model");
    if (start.model.factors() > model::most_factors)
      raise(error(error_kind::setting) << "live_factors: factors = " << start.model.factors() << "; it takes at most "
                                       << model::most_factors);
    return {model(data, start.model, regularization, frequency_power, ex), start.report};
  }
};

KINDRED_END
