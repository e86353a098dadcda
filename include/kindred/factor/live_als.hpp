// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/factor/live_factor_model.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

KINDRED_BEGIN

// An implicit_als whose model learns from one event at a time, folds in new people and new things, and gives reasons:
//
//   auto model = fit(live_als<>{}, plays).model;
//   model.update(user, item, 1);
//
// The fit is that of the recipe; then the vectors of all users are solved for once more, exactly, with the items held. At
// most 1024 factors; events have no weights. What an update holds fixed, live_factor_model says.
template <class How = implicit_als<>>
struct live_als {
  How als = {};

  template <real T, executor E, observer O>
    requires recipe<How, ratings<T>>
  [[nodiscard]] fitted<live_factor_model<T, How>> fit(ratings<T> const& data, E& ex, O& watch) const {
    using model = live_factor_model<T, How>;
    if (als.factors > model::most_factors)
      raise(error(error_kind::setting) << "live_als: factors = " << als.factors << "; it takes at most "
                                       << model::most_factors);
    if (data.weighted()) raise(error(error_kind::data) << "live_als: takes events without weights");
    auto const start = als.fit(data, ex, watch);
    return {model(als, data, start.model, ex), start.report};
  }
};

KINDRED_END
