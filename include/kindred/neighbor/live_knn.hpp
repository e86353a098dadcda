// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/live_implicit_knn_model.hpp>
#include <kindred/neighbor/live_knn_model.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <utility>

KINDRED_BEGIN

// A user_knn or item_knn whose model learns from one rating at a time:
//
//   auto model = fit(live_knn<item_knn<cosine, item_mean>>{}, ratings).model;
//   model.update(user, item, 4);
//
// The fit is that of the recipe, and the numbers are. The same of implicit_user_knn and implicit_item_knn, without their
// hub_power and popularity_power, which look at everybody at once. The similarity is one of sparse rows, without a weighting
// that does (TF-IDF); one whose finish looks at the number of columns says so with `needs_columns = true`. Ratings have no
// weights.
template <class Knn>
struct live_knn {
  Knn knn = {};

  template <real T, executor E, observer O>
    requires recipe<Knn, ratings<T>>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O& watch) const {
    using compared = decltype(knn.similarity);
    static_assert(similarity<compared, sparse_row<T>>, "live_knn: neighbors from a source cannot be updated");
    static_assert(!weighting<compared, T, typename Knn::side>,
                  "live_knn: a similarity that weights all ratings first cannot be updated one by one");
    if (data.weighted()) raise(error(error_kind::data) << "live_knn: takes ratings without weights");
    if constexpr (requires { knn.hub_power; }) {
      if (knn.hub_power != 0 || knn.popularity_power != 0)
        raise(error(error_kind::setting) << "live_knn: hub_power = " << knn.hub_power << " and popularity_power = "
                                         << knn.popularity_power << "; with either, one click changes every score");
      auto start = knn.fit(data, ex, watch);
      using trained = live_implicit_knn_model<T, Knn>;
      return fitted<trained>{trained(knn, data, start.model), start.report};
    } else {
      auto start = knn.fit(data, ex, watch);
      using trained = live_knn_model<T, Knn, std::remove_cvref_t<decltype(start.model.base())>>;
      return fitted<trained>{trained(knn, data, start.model), start.report};
    }
  }
};

KINDRED_END
