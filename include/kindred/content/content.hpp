// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/content/content_model.hpp>
#include <kindred/content/liking.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/features.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

KINDRED_BEGIN

// Content-based recommendation: every user gets a profile in terms of features, made of what they rated; items are ranked by
// how well they match it (Pazzani and Billsus, "Content-based recommendation systems", 2007; a profile less what is typical
// is Rocchio's, "Relevance feedback in information retrieval", 1971).
//
//   auto taste = kindred::fit(kindred::content{about}, ratings).model;
//
// Liking says how a rating becomes a weight; contrast how much of what all items are like is taken off: 1 leaves what is the
// user's own, 0 is the plain cosine with the mean of what they rated. Costs the features of all rated items. Deterministic on
// any number of threads. One epoch; nothing to observe.
template <real T, liking<T> Liking = as_given>
struct content {
  item_features<T> about;
  Liking liking = {};
  double contrast = 1;  // from 0 to 1

  template <executor E, observer O>
  [[nodiscard]] fitted<content_model<T, Liking>> fit(ratings<T> const& data, E& ex, O&) const {
    if (!(is_finite(contrast) && contrast >= 0 && contrast <= 1))
      raise(error(error_kind::setting) << "content: contrast = " << contrast << "; it goes from 0 to 1");
    check_settings(liking);
    return {content_model<T, Liking>(about, liking, contrast, mean_of(data), data, ex), {.epochs = 1}};
  }
};

template <real T>
content(features<T, item_id>) -> content<T>;
template <real T, class Liking>
content(features<T, item_id>, Liking) -> content<T, Liking>;

KINDRED_END
