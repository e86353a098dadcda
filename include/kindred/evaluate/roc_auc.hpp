// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/scored_examples.hpp>
#include <kindred/evaluate/by_score.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

[[nodiscard]] inline double area_under_roc(std::span<tied_examples const> steps) noexcept {
  tied_examples const total = total_of(steps);
  if (!(total.positive > 0) || !(total.negative > 0)) return 0.5;
  double area = 0;
  double above = 0;  // positives with a higher score
  for (tied_examples const& step : steps) {
    area += step.negative * (above + step.positive / 2);
    above += step.positive;
  }
  return area / (total.positive * total.negative);
}

}  // namespace detail

// The area under the receiver operating characteristic: the chance that something that happened has a higher score than
// something that did not, where equal scores count as half (the Mann-Whitney statistic). In [0, 1]; 0.5 for guessing, and
// where only one of the two occurs: there is nothing to tell apart. O(n log n). Throws as scored_examples::check.
template <real T>
[[nodiscard]] double roc_auc(scored_examples<T> const& all) {
  all.check();
  return detail::area_under_roc(detail::by_score(all));
}

// The mean of the areas of groups - of users, mostly - by their weight: how well each is served, where roc_auc also rewards
// knowing which users click more (Zhu et al., "Optimized cost per click in Taobao display advertising", 2017). Groups in
// which only one of the two occurs are left out; 0.5 when all are. `group` numbers the group of every example.
template <real T>
[[nodiscard]] double grouped_roc_auc(scored_examples<T> const& all, std::span<index_t const> group) {
  all.check();
  if (group.size() != all.size())
    raise(error(error_kind::shape) << all.size() << " examples, but " << group.size() << " numbers of groups");
  std::vector<std::size_t> order(all.size());
  for (std::size_t k = 0; k != order.size(); ++k) order[k] = k;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return group[a] < group[b]; });
  double sum = 0;
  double weight = 0;
  for (std::size_t first = 0, last = 0; first != order.size(); first = last) {
    while (last != order.size() && group[order[last]] == group[order[first]]) ++last;
    auto const steps =
        detail::by_score(all, std::vector<std::size_t>(order.begin() + static_cast<std::ptrdiff_t>(first),
                                                       order.begin() + static_cast<std::ptrdiff_t>(last)));
    auto const total = detail::total_of(steps);
    if (!(total.positive > 0) || !(total.negative > 0)) continue;
    sum += (total.positive + total.negative) * detail::area_under_roc(steps);
    weight += total.positive + total.negative;
  }
  return weight > 0 ? sum / weight : 0.5;
}

KINDRED_END
