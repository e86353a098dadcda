// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/cluster_stream.hpp>
#include <kindred/cluster/clustering.hpp>
#include <kindred/cluster/kmeans.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// k-means that looks at a batch of rows at a time: for rows so many that even one epoch over all is too long, and a little more
// inertia does not matter. Begins with k-means on `start_rows` rows, evenly taken (0: 20 a cluster, and at least one batch), then
// draws `batches` batches and lets the centers follow them (see cluster_stream). Sculley, "Web-scale k-means clustering" (2010).
//
// In the end every row is assigned once, for the labels and the inertia. O(batches x batch x clusters x columns), and one pass.
// The observer hears the mean squared distance of each batch's rows, before they move anything, times the number of all rows: an
// estimate of the inertia. converged says that all batches were taken. The same bits on any number of threads. Errors are those of
// kmeans.
struct mini_batch_kmeans {
  index_t clusters = 8;
  index_t batch = 1024;
  std::uint32_t batches = 200;
  index_t start_rows = 0;
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<clustering<T>> fit(matrix_view<T> rows, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, rows, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <real T, executor E>
  [[nodiscard]] fitted<cluster_stream<T>> begin(matrix_view<T> rows, E& ex) const {
    check(rows);
    std::size_t first = start_rows != 0 ? start_rows : 20 * std::size_t{clusters};
    if (first < clusters) first = clusters;
    if (start_rows == 0 && first < batch) first = batch;
    if (first > rows.rows()) first = rows.rows();
    std::vector<index_t> which(first);
    for (std::size_t k = 0; k != first; ++k) which[k] = static_cast<index_t>(std::size_t{rows.rows()} * k / first);
    std::vector<T> table;
    silent unwatched;
    auto const begun = kmeans<>{.clusters = clusters, .seed = seed}.fit(taken(rows, which, table), ex, unwatched).model;
    return {cluster_stream<T>(begun), {.converged = false}};
  }
  template <real T, executor E, class After>
  void advance(fitted<cluster_stream<T>>& training, matrix_view<T> rows, std::uint32_t more, E& ex,
               After const& after) const {
    check(rows);
    check_training(training, rows);
    std::vector<index_t> which(batch < rows.rows() ? batch : rows.rows());
    std::vector<T> table;
    detail::run_epochs(training, more, batches, after, [&](std::uint32_t b, double) {
      random_stream random(seed, mix(1, b));
      for (index_t& i : which) i = below(random, rows.rows());
      auto const view = taken(rows, which, table);
      double const mean = squared_distances(training.model.model(), view, {}, ex) / static_cast<double>(which.size());
      training.model.update(view, ex);
      return mean * rows.rows();
    });
  }
  template <real T, executor E>
  [[nodiscard]] fitted<clustering<T>> finish(fitted<cluster_stream<T>> const& training, matrix_view<T> rows,
                                             E& ex) const {
    check_training(training, rows);
    auto const now = training.model.model();
    std::vector<index_t> labels(rows.rows());
    fit_report report = training.report;
    report.objective = squared_distances(now, rows, labels, ex);
    std::vector<T> centers;
    for (index_t c = 0; c != now.size(); ++c) centers.insert(centers.end(), now.center(c).begin(), now.center(c).end());
    return {{closeness::euclidean, rows.columns(), std::move(centers), std::move(labels), report.objective}, report};
  }

private:
  template <real T>
  void check(matrix_view<T> rows) const {
    if (batch == 0) raise(error(error_kind::setting) << "mini_batch_kmeans: batch = 0; there has to be a row");
    if (clusters == 0 || clusters > rows.rows())
      raise(error(error_kind::setting) << "mini_batch_kmeans: clusters = " << clusters << " for " << rows.rows()
                                       << " rows");
  }

  template <real T>
  void check_training(fitted<cluster_stream<T>> const& training, matrix_view<T> rows) const {
    if (training.model.size() != clusters || training.model.dims() != rows.columns())
      raise(error(error_kind::shape) << "mini_batch_kmeans: what was begun is of other data, or of another recipe");
  }

  template <real T>
  [[nodiscard]] static matrix_view<T> taken(matrix_view<T> rows, std::span<index_t const> which,
                                            std::vector<T>& table) {
    table.clear();
    for (index_t const i : which) table.insert(table.end(), rows.row(i).begin(), rows.row(i).end());
    return {unchecked, table.data(), static_cast<index_t>(which.size()), rows.columns(), rows.columns()};
  }

  // The squared distances of the rows from their closest centers, added up; where `labels` has room, also which these are.
  template <real T, executor E>
  [[nodiscard]] static double squared_distances(clustering<T> const& model, matrix_view<T> rows,
                                                std::span<index_t> labels, E& ex) {
    return reduce_chunks<double>(ex, rows.rows(), 256, [&](std::size_t first, std::size_t last) {
      double sum = 0;
      for (std::size_t i = first; i != last; ++i) {
        auto const row = rows.row(static_cast<index_t>(i));
        index_t const c = model.assign(row);
        if (!labels.empty()) labels[i] = c;
        double const gap = detail::squared_gap(row.data(), model.center(c).data(), row.size());
        // A number that is not finite is nobody's: the sum says so, and the row is named here.
        if (!is_finite(gap))
          raise(error(error_kind::data).at(i) << "the numbers of row " << i << " are not all finite");
        sum += gap;
      }
      return sum;
    });
  }
};

KINDRED_END
