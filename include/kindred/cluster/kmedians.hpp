// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/absolute_gap.hpp>
#include <kindred/cluster/clustering.hpp>
#include <kindred/cluster/column_medians.hpp>
#include <kindred/cluster/column_totals.hpp>
#include <kindred/cluster/manhattan_start.hpp>
#include <kindred/cluster/weighted_rows.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// k-medians: k-means of Manhattan distances, which a few extreme rows do not draw away. `clusters` centers such that
//
//   inertia = sum over rows of  weight x |row - center of its cluster|_1
//
// is small: a local optimum. Every epoch assigns every row to its closest center, the lowest of equally close ones, and moves
// every center to the median of its rows, column by column, the lower of two middle ones. Takes a matrix_view of float or double,
// alone or in weighted_rows.
//
// The first centers are rows, each the best of a few drawn in proportion to the distance from those so far (Arthur and
// Vassilvitskii, 2007, for the exponent one). `runs` such starts are made, and the one with the lowest inertia kept. A center
// without rows takes the row farthest from its own. A run ends when no row changes its cluster, or after `epochs`; only the last is
// not `converged`. The observer hears the inertia after each assignment; with several runs their epochs are counted on.
//
// An epoch costs O(rows x clusters x columns), in double. The same bits on any number of threads. There is no checkpoint (see
// resumable): it is for tables that take seconds; kmeans, for larger ones, has one.
//
// More clusters than rows, and numbers or weights that are not finite or whose squares overflow, are errors. Fewer different rows
// than clusters are not: clusters stay empty, and clustering::occupied() says so.
struct kmedians {
  index_t clusters = 8;
  std::uint32_t epochs = 100;
  std::uint32_t runs = 3;
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<clustering<T>> fit(matrix_view<T> rows, E& ex, O& watch) const {
    return fit(weighted_rows<matrix_view<T>>{rows, {}}, ex, watch);
  }

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<clustering<T>> fit(weighted_rows<matrix_view<T>> const& data, E& ex, O& watch) const {
    check(data);
    buffer<T> squared(data.rows.rows());  // totals_of checks numbers and weights
    if (!(detail::totals_of<T>(data.rows, data.weight, squared.span(), ex).weight > 0))
      raise(error(error_kind::data) << "the weights of all rows are zero");
    fit_report report;
    std::vector<T> best;
    std::vector<index_t> label;
    std::uint32_t told = 0;
    bool stopped = false;
    auto const count_on = [&](progress const& p) {
      flow const next = watch(progress{told + p.epoch, p.objective});
      stopped = next == flow::stop;
      return next;
    };
    for (std::uint32_t run = 0; run != runs && !stopped; ++run) {
      state<T> at{data,
                  detail::manhattan_start<T>(data, clusters, mix(seed, run), ex),
                  std::vector<index_t>(data.rows.rows(), index_limit),
                  {}};
      fit_report const done = descend(at, ex, count_on);
      told += done.epochs;
      if (run == 0 || done.objective < report.objective) {
        report = done;
        best = std::move(at.center);
        label = std::move(at.label);
      }
    }
    report.epochs = told;
    return {{closeness::manhattan, data.rows.columns(), std::move(best), std::move(label), report.objective}, report};
  }

private:
  template <real T>
  struct state {
    weighted_rows<matrix_view<T>> data;
    std::vector<T> center;
    std::vector<index_t> label;
    std::vector<double> distance;  // of each row to its center
  };

  template <real T>
  void check(weighted_rows<matrix_view<T>> const& data) const {
    index_t const n = data.rows.rows();
    if (epochs == 0) raise(error(error_kind::setting) << "kmedians: epochs = 0; there has to be one");
    if (runs == 0) raise(error(error_kind::setting) << "kmedians: runs = 0; there has to be one");
    if (n == 0) raise(error(error_kind::shape) << "there are no rows to cluster");
    if (data.rows.columns() == 0) raise(error(error_kind::shape) << "rows without columns cannot be clustered");
    if (!data.weight.empty() && data.weight.size() != n)
      raise(error(error_kind::shape) << data.weight.size() << " weights for " << n
                                     << " rows; there has to be one for each");
    if (clusters == 0 || clusters > n)
      raise(error(error_kind::setting) << "kmedians: clusters = " << clusters << " for " << n << " rows");
  }

  // Assigns and moves until no row changes its cluster. Ends after an assignment.
  template <real T, executor E, class Watch>
  [[nodiscard]] fit_report descend(state<T>& at, E& ex, Watch const& watch) const {
    at.distance.resize(at.label.size());
    for (std::uint32_t epoch = 1;; ++epoch) {
      std::size_t const changed = assign(at, ex);
      double const inertia =
          reduce_chunks<double>(ex, at.label.size(), grain, [&](std::size_t first, std::size_t last) {
            double sum = 0;
            for (std::size_t i = first; i != last; ++i) sum += detail::weight_of(at.data, i) * at.distance[i];
            return sum;
          });
      fit_report const report{epoch, inertia, changed == 0};
      if (watch(progress{epoch, inertia}) == flow::stop || report.converged || epoch == epochs) return report;
      fill_empty(at);
      detail::move_to_medians<T>(at.data.rows, at.data.weight, at.label, clusters, at.center, ex);
    }
  }

  // How many rows have changed their cluster.
  template <real T, executor E>
  std::size_t assign(state<T>& at, E& ex) const {
    std::size_t const d = at.data.rows.columns();
    return reduce_chunks<std::size_t>(ex, at.label.size(), grain, [&](std::size_t first, std::size_t last) {
      std::size_t changed = 0;
      for (std::size_t i = first; i != last; ++i) {
        T const* const row = at.data.rows.row(static_cast<index_t>(i)).data();
        index_t best = 0;
        double lowest = detail::absolute_gap(row, at.center.data(), d);
        for (index_t c = 1; c != clusters; ++c)
          if (double const gap = detail::absolute_gap(row, at.center.data() + c * d, d); gap < lowest) {
            lowest = gap;
            best = c;
          }
        changed += at.label[i] != best;
        at.label[i] = best;
        at.distance[i] = lowest;
      }
      return changed;
    });
  }

  // A cluster without rows takes the one farthest from its center, the lowest of equally far ones; never one at its center.
  template <real T>
  void fill_empty(state<T>& at) const {
    std::vector<double> mass(clusters);
    for (std::size_t i = 0; i != at.label.size(); ++i) mass[at.label[i]] += detail::weight_of(at.data, i);
    for (index_t c = 0; c != clusters; ++c) {
      if (mass[c] > 0) continue;
      std::size_t outermost = at.label.size();
      double farthest = 0;
      for (std::size_t i = 0; i != at.label.size(); ++i)
        if (double const own = detail::weight_of(at.data, i) * at.distance[i]; own > farthest) {
          farthest = own;
          outermost = i;
        }
      if (outermost == at.label.size()) return;
      mass[at.label[outermost]] -= detail::weight_of(at.data, outermost);
      mass[c] += detail::weight_of(at.data, outermost);
      at.label[outermost] = c;
      at.distance[outermost] = 0;
    }
  }

  static constexpr std::size_t grain = 512;
};

KINDRED_END
