// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/segment_stats.hpp>
#include <kindred/cluster/squared_gap.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

// How good a clustering of rows is, without anything to compare it with; all distances are Euclidean. Clusters without rows
// do not count. Fewer than two clusters with rows, or no two rows in one, leave nothing to say: error{data}. So does a number
// that is not finite.

namespace detail {

inline void check_clusters(segment_stats const& stats, char const* what) {
  std::size_t some = 0;
  double rows = 0;
  for (double const n : stats.count) {
    some += n > 0 ? 1 : 0;
    rows += n;
  }
  if (some < 2 || static_cast<double>(some) >= rows)
    raise(error(error_kind::data) << what << ": " << some << " clusters of " << rows
                                  << " rows; there have to be two clusters at least, and more rows than clusters");
}

}  // namespace detail

// The mean silhouette of the rows, in [-1, 1]: (b - a) / max(a, b), where a is the mean distance to the other rows of the own
// cluster and b that to the rows of the nearest other cluster; 0 for a row alone in its cluster. Rousseeuw (1987).
//
// With `sample`, of that many rows drawn evenly, each against all rows: O(sample x rows x columns). 0 takes all rows.
template <real T, executor E = sequential>
[[nodiscard]] double silhouette(matrix_view<T> rows, std::span<index_t const> labels, index_t sample = 0,
                                std::uint64_t seed = 0, E&& ex = {}) {
  index_t const clusters = detail::count_labels(rows, labels);
  auto const stats = detail::stats_of(rows, labels, clusters, ex);
  detail::check_clusters(stats, "silhouette");
  std::size_t const all = rows.rows();
  std::size_t const count = sample == 0 || sample > all ? all : sample;
  double const sum = reduce_chunks<double>(ex, count, 16, [&](std::size_t first, std::size_t last) {
    std::vector<double> to(clusters);
    double part = 0;
    for (std::size_t k = first; k != last; ++k) {
      std::size_t const from = all * k / count;
      random_stream random(seed, k);
      std::size_t const i = from + below(random, static_cast<std::uint32_t>(all * (k + 1) / count - from));
      auto const row = rows.row(static_cast<index_t>(i));
      for (double& t : to) t = 0;
      for (std::size_t j = 0; j != all; ++j)
        to[labels[j]] +=
            std::sqrt(detail::squared_gap(row.data(), rows.row(static_cast<index_t>(j)).data(), row.size()));
      index_t const own = labels[i];
      if (stats.count[own] < 2) continue;
      double const a = to[own] / (stats.count[own] - 1);
      double b = (std::numeric_limits<double>::max)();
      for (index_t c = 0; c != clusters; ++c)
        if (c != own && stats.count[c] > 0 && to[c] / stats.count[c] < b) b = to[c] / stats.count[c];
      double const larger = a < b ? b : a;
      if (larger > 0) part += (b - a) / larger;
    }
    return part;
  });
  return sum / static_cast<double>(count);
}

// The mean, over the clusters, of how much each is mixed with the one it is mixed with most: (r + s) / d, of the mean
// distances r and s of their rows from their means, and the distance d of the means. Zero or more; less is better; clusters with
// equal means do not count against each other. Davies and Bouldin (1979). O(rows x columns).
template <real T, executor E = sequential>
[[nodiscard]] double davies_bouldin(matrix_view<T> rows, std::span<index_t const> labels, E&& ex = {}) {
  index_t const clusters = detail::count_labels(rows, labels);
  auto const stats = detail::stats_of(rows, labels, clusters, ex);
  detail::check_clusters(stats, "davies_bouldin");
  std::size_t const columns = rows.columns();
  std::vector<double> radius(clusters);
  // A handful of numbers a row, and read once: not worth the threads.
  for (index_t i = 0; i != rows.rows(); ++i) {
    double sum = 0;
    for (std::size_t j = 0; j != columns; ++j) {
      double const gap = static_cast<double>(rows.row(i)[j]) - stats.mean[labels[i] * columns + j];
      sum += gap * gap;
    }
    radius[labels[i]] += std::sqrt(sum) / stats.count[labels[i]];
  }
  double all = 0;
  std::size_t some = 0;
  for (index_t a = 0; a != clusters; ++a) {
    if (!(stats.count[a] > 0)) continue;
    ++some;
    double worst = 0;
    for (index_t b = 0; b != clusters; ++b) {
      if (a == b || !(stats.count[b] > 0)) continue;
      double const gap =
          std::sqrt(detail::squared_gap(stats.mean.data() + a * columns, stats.mean.data() + b * columns, columns));
      if (gap > 0 && (radius[a] + radius[b]) / gap > worst) worst = (radius[a] + radius[b]) / gap;
    }
    all += worst;
  }
  return all / static_cast<double>(some);
}

// How far the means of the clusters are apart, for how far the rows are from them: an F statistic, zero or more; more is
// better. 1 when all rows are at their means, as scikit-learn has it. Calinski and Harabasz (1974). O(rows x columns).
template <real T, executor E = sequential>
[[nodiscard]] double calinski_harabasz(matrix_view<T> rows, std::span<index_t const> labels, E&& ex = {}) {
  index_t const clusters = detail::count_labels(rows, labels);
  auto const stats = detail::stats_of(rows, labels, clusters, ex);
  detail::check_clusters(stats, "calinski_harabasz");
  auto const whole = detail::together(stats);
  std::size_t const columns = rows.columns();
  double within = 0;
  double between = 0;
  double some = 0;
  for (index_t c = 0; c != clusters; ++c) {
    if (!(stats.count[c] > 0)) continue;
    ++some;
    between += stats.count[c] * detail::squared_gap(stats.mean.data() + c * columns, whole.mean.data(), columns);
    for (std::size_t j = 0; j != columns; ++j) within += stats.spread[c * columns + j];
  }
  if (!(within > 0)) return 1;
  return between * (whole.count[0] - some) / (within * (some - 1));
}

KINDRED_END
