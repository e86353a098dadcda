// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Labels belong to rows one by one; clusters are numbered from zero, and some may be empty.
template <real T>
[[nodiscard]] index_t count_labels(matrix_view<T> rows, std::span<index_t const> labels) {
  if (labels.size() != rows.rows())
    raise(error(error_kind::shape) << labels.size() << " labels for " << rows.rows()
                                   << " rows; there has to be one for each");
  index_t most = 0;
  for (index_t const c : labels) {
    if (c >= labels.size() && c >= (1u << 24))
      raise(error(error_kind::data) << "there is a label " << c << "; clusters are numbered from zero");
    if (c + 1 > most) most = c + 1;
  }
  return most;
}

// By cluster and column: the mean, and the sum of squared differences from it. Chunks are joined as Chan, Golub and LeVeque
// (1979) do, which loses no digits to a mean that is far from zero.
struct segment_stats {
  std::vector<double> count;   // by cluster
  std::vector<double> mean;    // by cluster, then column
  std::vector<double> spread;  // the sums of squares, likewise

  friend segment_stats operator+(segment_stats a, segment_stats const& b) {
    if (a.count.empty()) return b;
    std::size_t const columns = a.count.empty() ? 0 : a.mean.size() / a.count.size();
    for (std::size_t c = 0; c != a.count.size(); ++c) {
      double const both = a.count[c] + b.count[c];
      if (both == 0) continue;
      for (std::size_t k = c * columns; k != (c + 1) * columns; ++k) {
        double const gap = b.mean[k] - a.mean[k];
        a.mean[k] += gap * b.count[c] / both;
        a.spread[k] += b.spread[k] + gap * gap * a.count[c] * b.count[c] / both;
      }
      a.count[c] = both;
    }
    return a;
  }
};

template <real T, executor E>
[[nodiscard]] segment_stats stats_of(matrix_view<T> rows, std::span<index_t const> labels, index_t clusters, E& ex) {
  std::size_t const columns = rows.columns();
  return reduce_chunks<segment_stats>(ex, rows.rows(), 8192, [&](std::size_t first, std::size_t last) {
    segment_stats out{std::vector<double>(clusters), std::vector<double>(clusters * columns),
                      std::vector<double>(clusters * columns)};
    for (std::size_t i = first; i != last; ++i) {
      auto const row = rows.row(static_cast<index_t>(i));
      double const n = ++out.count[labels[i]];
      double* const mean = out.mean.data() + labels[i] * columns;
      double* const spread = out.spread.data() + labels[i] * columns;
      for (std::size_t j = 0; j != columns; ++j) {
        if (!is_finite(row[j]))
          raise(error(error_kind::data).at(i, j) << "number " << j << " of row " << i << " is not finite");
        double const gap = static_cast<double>(row[j]) - mean[j];
        mean[j] += gap / n;
        spread[j] += gap * (static_cast<double>(row[j]) - mean[j]);
      }
    }
    return out;
  });
}

// The clusters as one.
[[nodiscard]] inline segment_stats together(segment_stats const& all) {
  std::size_t const columns = all.count.empty() ? 0 : all.mean.size() / all.count.size();
  segment_stats sum;
  for (std::size_t c = 0; c != all.count.size(); ++c) {
    auto const part = [&](std::vector<double> const& from) {
      return std::vector<double>(from.begin() + static_cast<std::ptrdiff_t>(c * columns),
                                 from.begin() + static_cast<std::ptrdiff_t>((c + 1) * columns));
    };
    if (all.count[c] != 0) sum = std::move(sum) + segment_stats{{all.count[c]}, part(all.mean), part(all.spread)};
  }
  return sum;
}

}  // namespace detail

KINDRED_END
