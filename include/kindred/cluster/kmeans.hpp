// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/clustering.hpp>
#include <kindred/cluster/first_centers.hpp>
#include <kindred/cluster/initial.hpp>
#include <kindred/cluster/kmeans_checkpoint.hpp>
#include <kindred/cluster/lloyd.hpp>
#include <kindred/cluster/rehearsal.hpp>
#include <kindred/cluster/row_length.hpp>
#include <kindred/cluster/row_set.hpp>
#include <kindred/cluster/update_rule.hpp>
#include <kindred/cluster/weighted_rows.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Centers that are given, or a choice among rows of one kind at least.
template <class I>
concept begins_kmeans = requires(I const& i) { i.centers; } || initial_centers<I, dense_row_set<float>> ||
                        initial_centers<I, dense_row_set<double>> || initial_centers<I, sparse_row_set<float>> ||
                        initial_centers<I, sparse_row_set<double>>;

}  // namespace detail

// k-means: `clusters` centers and rows at their closest one, such that
//
//   inertia = sum over rows of  weight x |row - center of its cluster|^2
//
// is small: a local optimum by Lloyd's iteration (1957; published 1982). Every epoch assigns every row to its closest center,
// the lowest of equally close ones, and moves every center to the mean of its rows. Takes a matrix_view or a csr_view of float
// or double, alone or in weighted_rows. spherical_kmeans is the same by direction.
//
// The first centers come from the initial policy, rehearsed on a sample (see rehearsal), and `update` says how the closest
// centers are found: all ways give the same bits. `runs` runs with seeds of their own are made, and the one with the lowest
// inertia kept. A run ends when no row changes its cluster, or when the centers move, together and squared, by no more than
// `tolerance` times the mean variance of a column, or after `epochs`; only the last is not `converged`. The observer hears the
// inertia after each assignment; with several runs their epochs are counted on.
//
// An epoch costs at most O(rows x clusters x columns), with bounds less and less as the centers come to rest. Memory: see
// update_rule; and a copy of dense rows that lie far from zero. The same bits on any number of threads.
//
// More clusters than rows, and numbers or weights that are not finite or whose squares overflow, are errors. Fewer different
// rows than clusters are not: clusters stay empty, and clustering::occupied() says so.
template <class Initial = greedy_kmeans_plus_plus>
struct kmeans {
  static_assert(detail::begins_kmeans<Initial>, "kmeans: not a policy of initial centers");

  index_t clusters = 8;
  std::uint32_t epochs = 300;
  double tolerance = 1e-4;
  std::uint32_t runs = 1;
  Initial initial = {};
  rehearsal rehearse = {};
  update_rule update = update_rule::automatic;
  empty_cluster empty = empty_cluster::take_farthest;
  std::uint64_t seed = 0;

  template <cluster_rows Data, executor E, observer O>
  [[nodiscard]] fitted<clustering<value_t<Data>>> fit(Data const& data, E& ex, O& watch) const {
    return fit_as(row_length::as_is, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far: after an epoch, which
  // finish makes if there was none.
  template <cluster_rows Data>
  [[nodiscard]] kmeans_checkpoint<value_t<Data>> begin(Data const&) const {
    check();
    return {};
  }
  template <cluster_rows Data, executor E, class After>
  void advance(kmeans_checkpoint<value_t<Data>>& training, Data const& data, std::uint32_t more, E& ex,
               After const& after) const {
    advance_as(row_length::as_is, training, data, more, ex, after);
  }
  template <cluster_rows Data, executor E>
  [[nodiscard]] fitted<clustering<value_t<Data>>> finish(kmeans_checkpoint<value_t<Data>> training, Data const& data,
                                                         E& ex) const {
    return finish_as(row_length::as_is, std::move(training), data, ex);
  }

  // What spherical_kmeans asks for.
  template <cluster_rows Data, executor E, observer O>
  [[nodiscard]] fitted<clustering<value_t<Data>>> fit_as(row_length length, Data const& data, E& ex, O& watch) const {
    auto training = begin(data);
    auto const rows = rows_of(length, data, ex);
    go_on(length, training, rows, (std::numeric_limits<std::uint32_t>::max)(), ex, detail::told_to(watch));
    return result_of(length, std::move(training), rows, ex);
  }
  template <cluster_rows Data, executor E, class After>
  void advance_as(row_length length, kmeans_checkpoint<value_t<Data>>& training, Data const& data, std::uint32_t more,
                  E& ex, After const& after) const {
    check();
    if (training.run < runs) go_on(length, training, rows_of(length, data, ex), more, ex, after);
  }
  template <cluster_rows Data, executor E>
  [[nodiscard]] fitted<clustering<value_t<Data>>> finish_as(row_length length,
                                                            kmeans_checkpoint<value_t<Data>> training, Data const& data,
                                                            E& ex) const {
    auto const rows = rows_of(length, data, ex);
    if (training.report.epochs == 0)  // no centers yet, but for the first
      go_on(length, training, rows, 1, ex, [](auto const&) { return flow::stop; });
    return result_of(length, std::move(training), rows, ex);
  }

  void check() const {
    if (clusters == 0 || clusters > 1u << 24)
      raise(error(error_kind::setting) << "kmeans: clusters = " << clusters << "; there are 1 to 16777216");
    if (epochs == 0) raise(error(error_kind::setting) << "kmeans: epochs = 0; there has to be one");
    if (runs == 0) raise(error(error_kind::setting) << "kmeans: runs = 0; there has to be one");
    check_not_negative("kmeans: tolerance", tolerance);
    check_settings(initial, rehearse);
  }

private:
  template <class Data, executor E>
  [[nodiscard]] auto rows_of(row_length length, Data const& data, E& ex) const {
    auto rows = detail::row_set_of(data, length, ex);
    if (clusters > rows.size())
      raise(error(error_kind::setting) << "kmeans: clusters = " << clusters << " for " << rows.size() << " rows");
    return rows;
  }

  template <class Rows, class T, executor E, class After>
  void go_on(row_length length, kmeans_checkpoint<T>& training, Rows const& rows, std::uint32_t more, E& ex,
             After const& after) const {
    detail::lloyd_settings const settings{epochs, tolerance, empty, length};
    detail::center_set<T> centers(clusters, rows.dims());
    std::optional<detail::assigner<Rows>> closest;
    if (training.now.epochs != 0) {
      put(training.centers, centers);
      check_labels(training.labels, rows.size());
      closest.emplace(rows, clusters, update).restore(training.labels);
    }
    constexpr std::uint32_t any = (std::numeric_limits<std::uint32_t>::max)();
    detail::run_rounds(training, more, any, after, [&](fit_report const& before) {
      if (training.now.epochs == 0) {
        centers = detail::first_centers(rows, initial, rehearse, settings, clusters, mix(seed, training.run), ex);
        closest.emplace(rows, clusters, update);
      }
      training.now = detail::lloyd_epoch(rows, settings, centers, *closest, training.now.epochs, ex);
      double const objective = training.now.objective;
      T const* const first = centers.row(0).data();
      training.centers.assign(first, first + std::size_t{clusters} * rows.dims());
      training.labels.assign(closest->labels().begin(), closest->labels().end());
      if (training.now.converged || training.now.epochs >= epochs) {
        training.end_run();
        ++training.run;
      }
      return fit_report{before.epochs + 1, objective, training.run == runs};
    });
  }

  template <class Rows, class T, executor E>
  [[nodiscard]] fitted<clustering<T>> result_of(row_length length, kmeans_checkpoint<T> training, Rows const& rows,
                                                E& ex) const {
    training.end_run();
    detail::center_set<T> best(clusters, rows.dims());
    put(training.best_centers, best);
    check_labels(training.best_labels, rows.size());
    fit_report const report{training.report.epochs, inertia_of(rows, best, training.best_labels, length, ex),
                            training.best.converged};
    return {model_of(rows, best, std::move(training.best_labels), length, report.objective), report};
  }

  // Centers and labels of a checkpoint are of the same rows, or error{shape} is thrown.
  template <real T>
  void put(std::vector<T> const& from, detail::center_set<T>& to) const {
    if (from.size() != std::size_t{clusters} * to.dims()) raise_other_data();
    for (index_t c = 0; c != clusters; ++c) {
      std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(std::size_t{c} * to.dims()), to.dims(), to.row(c).begin());
      to.settle(c, 0);
    }
    to.settle_all();
  }
  void check_labels(std::vector<index_t> const& labels, std::size_t rows) const {
    bool right = labels.size() == rows;
    for (index_t const c : labels) right = right && c < clusters;
    if (!right) raise_other_data();
  }
  [[noreturn]] static void raise_other_data() {
    raise(error(error_kind::shape) << "kmeans: what was begun is of other data, or of another recipe");
  }

  // By the distances themselves; the sums of the last epoch lose digits where clusters are small and far apart.
  template <class Rows, executor E>
  [[nodiscard]] static double inertia_of(Rows const& rows, detail::center_set<typename Rows::value_type> const& centers,
                                         std::span<index_t const> labels, row_length length, E& ex) {
    double const all =
        reduce_chunks<double>(ex, rows.size(), detail::totals_grain, [&](std::size_t first, std::size_t last) {
          double sum = 0;
          for (std::size_t i = first; i != last; ++i) {
            auto const row = static_cast<index_t>(i);
            auto const center = centers.row(labels[i]);
            sum += rows.weight(row) *
                   rows.distance2(row, center.data(), static_cast<double>(centers.squared_length(labels[i])));
          }
          return sum;
        });
    return length == row_length::as_is ? all : all / 2;  // |x - c|^2 = 2 (1 - cosine)
  }

  template <class Rows, class T = typename Rows::value_type>
  [[nodiscard]] static clustering<T> model_of(Rows const& rows, detail::center_set<T> const& best,
                                              std::vector<index_t> labels, row_length length, double inertia) {
    std::vector<T> centers(std::size_t{best.size()} * rows.dims());
    for (index_t c = 0; c != best.size(); ++c)
      for (std::size_t j = 0; j != rows.dims(); ++j)
        centers[c * std::size_t{rows.dims()} + j] = best.row(c)[j] + rows.shift()[j];
    auto const close = length == row_length::as_is ? closeness::euclidean : closeness::cosine;
    return {close, rows.dims(), std::move(centers), std::move(labels), inertia};
  }
};

KINDRED_END
