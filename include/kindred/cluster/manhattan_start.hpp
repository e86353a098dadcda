// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/absolute_gap.hpp>
#include <kindred/cluster/weighted_rows.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

template <real T>
[[nodiscard]] double weight_of(weighted_rows<matrix_view<T>> const& data, std::size_t i) noexcept {
  return data.weight.empty() ? 1 : static_cast<double>(data.weight[i]);
}

// A row, with a chance in proportion to its weight and reach; the last one with weight when no row has any reach.
template <real T, random_source R>
[[nodiscard]] std::size_t draw_by_reach(weighted_rows<matrix_view<T>> const& data, std::vector<double> const& reach,
                                        R& random) {
  double sum = 0;
  for (std::size_t i = 0; i != reach.size(); ++i) sum += weight_of(data, i) * reach[i];
  double left = unit(random) * sum;
  std::size_t last = 0;
  for (std::size_t i = 0; i != reach.size(); ++i) {
    double const own = weight_of(data, i) * reach[i];
    if (!(own > 0) && (sum > 0 || !(weight_of(data, i) > 0))) continue;
    last = i;
    if (left < own) break;
    left -= own;
  }
  return last;
}

// Rows as first centers, for Manhattan distances: each the best of a few that are drawn in proportion to the distance from
// those so far. One pass over the rows for each that is drawn.
template <real T, executor E>
[[nodiscard]] std::vector<T> manhattan_start(weighted_rows<matrix_view<T>> const& data, index_t clusters,
                                             std::uint64_t seed, E& ex) {
  std::size_t const n = data.rows.rows();
  std::size_t const d = data.rows.columns();
  random_stream random(seed, 0);
  std::vector<double> reach(n, 1), candidate(n), nearest(n);
  std::vector<T> center;
  auto const tries = 2 + static_cast<std::size_t>(std::log(static_cast<double>(clusters)));
  for (index_t c = 0; c != clusters; ++c) {
    double lowest = -1;
    std::size_t chosen = 0;
    for (std::size_t k = 0; k != (c == 0 ? 1 : tries); ++k) {
      std::size_t const row = draw_by_reach(data, reach, random);
      T const* const from = data.rows.row(static_cast<index_t>(row)).data();
      double const left = reduce_chunks<double>(ex, n, 512, [&](std::size_t first, std::size_t last) {
        double sum = 0;
        for (std::size_t i = first; i != last; ++i) {
          double const gap = absolute_gap(from, data.rows.row(static_cast<index_t>(i)).data(), d);
          candidate[i] = c == 0 || gap < reach[i] ? gap : reach[i];
          sum += weight_of(data, i) * candidate[i];
        }
        return sum;
      });
      if (lowest >= 0 && left >= lowest) continue;
      lowest = left;
      chosen = row;
      std::swap(candidate, nearest);
    }
    std::swap(reach, nearest);
    auto const row = data.rows.row(static_cast<index_t>(chosen));
    center.insert(center.end(), row.begin(), row.end());
  }
  return center;
}

}  // namespace detail

KINDRED_END
