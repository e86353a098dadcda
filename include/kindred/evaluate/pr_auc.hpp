// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/data/scored_examples.hpp>
#include <kindred/evaluate/by_score.hpp>

KINDRED_BEGIN

// The area under precision over recall, as average precision: sum over thresholds of (recall - recall before) x precision.
//
// Nothing is interpolated, which would flatter. In [0, 1]; the share of what happened for guessing, 0 when nothing did.
// Where what is looked for is rare it tells more than roc_auc. Equal scores are one threshold. O(n log n). Throws as
// scored_examples::check.
template <real T>
[[nodiscard]] double pr_auc(scored_examples<T> const& all) {
  all.check();
  auto const steps = detail::by_score(all);
  auto const total = detail::total_of(steps);
  if (!(total.positive > 0)) return 0;
  double area = 0;
  double positive = 0;
  double taken = 0;
  for (auto const& step : steps) {
    positive += step.positive;
    taken += step.positive + step.negative;
    area += step.positive / total.positive * (positive / taken);
  }
  return area;
}

KINDRED_END
