// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/segment_stats.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/matrix_view.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// What sets a segment apart in one column. Means and deviation are in the unit of the column; the effect has none: it is the
// difference between the segment and everybody else, in standard deviations of the column over all rows. About 0.2 is hardly
// to be noticed, 0.5 is, and 0.8 is plain (Cohen's words, 1988). 0 for a column that is the same in all rows.
struct segment_trait {
  index_t column;
  double mean;       // in the segment
  double others;     // the mean of all rows that are not in it; the segment's own when there are none
  double deviation;  // in the segment
  double effect;     // (mean - others) / standard deviation over all rows
};

// Who the segments are: how many rows each has, and its columns, the most telling first.
struct segment_profile {
  index_t segment;
  index_t rows;
  double share;                       // of all rows, 0 to 1
  std::vector<segment_trait> traits;  // by descending size of the effect, equal ones by column; none without rows
};

// The profile of each of the segments 0 ... segments - 1. Columns need not be those that were clustered: cluster by behavior,
// and describe by age. One pass over the rows: O(rows x columns). A label that is no segment, and a number that is not finite,
// are errors. The same bits on any number of threads.
template <real T, executor E = sequential>
[[nodiscard]] std::vector<segment_profile> describe_segments(matrix_view<T> rows, std::span<index_t const> labels,
                                                             index_t segments, E&& ex = {}) {
  if (index_t const named = detail::count_labels(rows, labels); named > segments)
    raise(error(error_kind::data) << "there is a label " << named - 1 << " among " << segments << " segments");
  std::size_t const columns = rows.columns();
  auto const stats = detail::stats_of(rows, labels, segments, ex);
  auto const whole = detail::together(stats);
  double const all = rows.rows();
  std::vector<segment_profile> out;
  for (index_t c = 0; c != segments; ++c) {
    double const n = stats.count.empty() ? 0 : stats.count[c];
    segment_profile profile{c, static_cast<index_t>(n), all > 0 ? n / all : 0, {}};
    for (index_t j = 0; n > 0 && j != columns; ++j) {
      double const mean = stats.mean[c * columns + j];
      double const others = n < all ? (all * whole.mean[j] - n * mean) / (all - n) : mean;
      double const spread = std::sqrt(whole.spread[j] / all);
      profile.traits.push_back(
          {j, mean, others, std::sqrt(stats.spread[c * columns + j] / n), spread > 0 ? (mean - others) / spread : 0});
    }
    std::stable_sort(profile.traits.begin(), profile.traits.end(), [](segment_trait const& a, segment_trait const& b) {
      return std::abs(a.effect) > std::abs(b.effect);
    });
    out.push_back(std::move(profile));
  }
  return out;
}

KINDRED_END
