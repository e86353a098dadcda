// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/assigner.hpp>
#include <kindred/cluster/center_set.hpp>
#include <kindred/cluster/empty_cluster.hpp>
#include <kindred/cluster/row_set.hpp>
#include <kindred/core/id.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace detail {

struct lloyd_settings {
  std::uint32_t epochs;
  double tolerance;
  empty_cluster empty;
  row_length length;
};

// The weighted squared distances of the rows from their centers, by the sums alone: |x|^2 - 2 <c, x> + |c|^2, added up.
template <class Rows>
[[nodiscard]] double inertia_by_sums(Rows const& rows, center_set<typename Rows::value_type> const& centers,
                                     assigner<Rows> const& closest) {
  double all = rows.totals().squares();
  for (index_t c = 0; c != centers.size(); ++c) {
    double const mass = closest.mass(c);
    if (!(mass > 0)) continue;
    double own = 0;
    for (index_t j = 0; j != rows.dims(); ++j) {
      auto const x = static_cast<double>(centers.row(c)[j]);
      own += x * (2 * closest.sum(c, j) - mass * x);
    }
    all -= own;
  }
  return all > 0 ? all : 0;
}

// Moves every center to the mean of its rows; the sum of the squared distances that they moved. A center without rows, or,
// on the sphere, with rows that cancel out, stays.
template <class Rows>
double move_centers(Rows const& rows, assigner<Rows> const& closest, row_length length,
                    center_set<typename Rows::value_type>& centers) {
  using T = typename Rows::value_type;
  double moved = 0;
  std::vector<double> mean(rows.dims());
  for (index_t c = 0; c != centers.size(); ++c) {
    double const mass = closest.mass(c);
    double squared_length = 0;
    double drift = 0;
    if (mass > 0) {
      for (index_t j = 0; j != rows.dims(); ++j) {
        mean[j] = closest.sum(c, j) / mass;
        squared_length += mean[j] * mean[j];
      }
      double const factor = length == row_length::as_is ? 1.0
                            : squared_length > 0        ? 1 / std::sqrt(squared_length)
                                                        : 0.0;
      if (factor > 0)
        for (index_t j = 0; j != rows.dims(); ++j) {
          auto const to = static_cast<T>(mean[j] * factor);
          double const gap = static_cast<double>(to) - static_cast<double>(centers.row(c)[j]);
          drift += gap * gap;
          centers.row(c)[j] = to;
        }
    }
    centers.settle(c, drift);
    moved += drift;
  }
  centers.settle_all();
  return moved;
}

// One epoch after `before`: moves the centers, but for the first, and assigns. Converged when they rest.
template <class Rows, executor E>
[[nodiscard]] fit_report lloyd_epoch(Rows const& rows, lloyd_settings const& how,
                                     center_set<typename Rows::value_type>& centers, assigner<Rows>& closest,
                                     std::uint32_t before, E& ex) {
  bool resting = false;
  if (before != 0) {
    double const still = how.tolerance * rows.totals().spread() / rows.totals().weight / rows.dims();
    if (how.empty == empty_cluster::take_farthest) fill_empty_clusters(rows, centers, closest, ex);
    resting = move_centers(rows, closest, how.length, centers) <= still;
  }
  std::size_t const changed = closest.assign(centers, ex);
  double const squares = inertia_by_sums(rows, centers, closest);
  return {before + 1, how.length == row_length::as_is ? squares : squares / 2,
          resting || (changed == 0 && before != 0)};
}

// Assigns and moves until the centers rest. Ends after an assignment, so that every row is at its closest center.
template <class Rows, executor E>
fit_report run_lloyd(Rows const& rows, lloyd_settings const& how, center_set<typename Rows::value_type>& centers,
                     assigner<Rows>& closest, E& ex) {
  fit_report report{.converged = false};
  while (!report.converged && report.epochs != how.epochs)
    report = lloyd_epoch(rows, how, centers, closest, report.epochs, ex);
  return report;
}

}  // namespace detail

KINDRED_END
