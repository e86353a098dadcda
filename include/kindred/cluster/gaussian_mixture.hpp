// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/covariance_shape.hpp>
#include <kindred/cluster/kmeans.hpp>
#include <kindred/cluster/mixture_state.hpp>
#include <kindred/cluster/soft_clustering.hpp>
#include <kindred/cluster/weighted_rows.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cstdint>
#include <limits>

KINDRED_BEGIN

// A mixture of normal distributions: clusters of different widths and directions that may overlap, and for every row the
// probability of each. Makes
//
//   log likelihood = sum over rows x of  weight x log(sum over clusters of  share x density(x))
//
// large: a local optimum by expectation-maximization (Dempster, Laird and Rubin, 1977), begun at k-means of the same seed. An epoch
// says for every row how likely each cluster has made it, and makes each cluster the mean and the covariance of its part of the
// rows. Takes a matrix_view of float or double, alone or in weighted_rows; sums are double.
//
// `floor` is added to every variance, as a part of the variance of the column over all rows (1 where that is zero): else a
// cluster could shrink onto a point, which is infinitely likely. A fit ends when the log likelihood grows by no more than
// `tolerance` a row, or after `epochs`; only the last is not `converged`. The observer hears the log likelihood, which rises
// (but for what the floor costs), and the report's objective is it.
//
// An epoch costs O(rows x clusters x columns), with full covariances O(rows x clusters x columns^2); memory, besides a copy for
// k-means of rows far from zero, up to 16 times the model's. The same bits on any number of threads.
//
// More clusters than rows, and numbers or weights that are not finite or whose squares overflow, are errors. Fewer different
// rows than clusters leave clusters without rows and with a share of zero; occupied() says so. With floor = 0, a cluster whose
// covariance is not positive definite - a constant column, fewer rows than columns - is error{numeric}.
struct gaussian_mixture {
  index_t clusters = 8;
  covariance_shape shape = covariance_shape::full;
  std::uint32_t epochs = 200;
  double tolerance = 1e-4;
  double floor = 1e-6;
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<soft_clustering<T>> fit(matrix_view<T> rows, E& ex, O& watch) const {
    return fit(weighted_rows<matrix_view<T>>{rows, {}}, ex, watch);
  }

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<soft_clustering<T>> fit(weighted_rows<matrix_view<T>> const& data, E& ex, O& watch) const {
    auto training = begin(data, ex);
    auto mixture = state_of(training, data);
    go_on(training, mixture, (std::numeric_limits<std::uint32_t>::max)(), ex, detail::told_to(watch));
    return training;
  }

  // A fit that has not yet begun, to be advanced (see resumable): at the clusters of k-means. What is between two epochs is a
  // mixture; to go on from it takes a pass over the rows.
  template <real T, executor E>
  [[nodiscard]] fitted<soft_clustering<T>> begin(weighted_rows<matrix_view<T>> const& data, E& ex) const {
    check();
    if (clusters > data.rows.rows() && data.rows.rows() != 0)
      raise(error(error_kind::setting) << "gaussian_mixture: clusters = " << clusters << " for " << data.rows.rows()
                                       << " rows");
    silent unwatched;
    auto const start = kmeans<>{.clusters = clusters, .seed = seed}.fit(data, ex, unwatched).model;
    return {detail::mixture_state<T>(data, shape, floor, start, ex).model(0), {.converged = false}};
  }
  template <real T, executor E, class After>
  void advance(fitted<soft_clustering<T>>& training, weighted_rows<matrix_view<T>> const& data, std::uint32_t more,
               E& ex, After const& after) const {
    check();
    auto mixture = state_of(training, data);
    if (training.report.epochs != 0) static_cast<void>(mixture.look(ex));  // the sums that were not kept
    go_on(training, mixture, more, ex, after);
  }
  template <real T, executor E>
  [[nodiscard]] fitted<soft_clustering<T>> begin(matrix_view<T> rows, E& ex) const {
    return begin(weighted_rows<matrix_view<T>>{rows, {}}, ex);
  }
  template <real T, executor E, class After>
  void advance(fitted<soft_clustering<T>>& training, matrix_view<T> rows, std::uint32_t more, E& ex,
               After const& after) const {
    advance(training, weighted_rows<matrix_view<T>>{rows, {}}, more, ex, after);
  }

  void check() const {
    if (clusters == 0) raise(error(error_kind::setting) << "gaussian_mixture: clusters = 0; there has to be one");
    if (epochs == 0) raise(error(error_kind::setting) << "gaussian_mixture: epochs = 0; there has to be one");
    check_not_negative("gaussian_mixture: tolerance", tolerance);
    check_not_negative("gaussian_mixture: floor", floor);
  }

private:
  template <real T>
  [[nodiscard]] detail::mixture_state<T> state_of(fitted<soft_clustering<T>> const& training,
                                                  weighted_rows<matrix_view<T>> const& data) const {
    auto const& begun = training.model;
    if (begun.size() != clusters || begun.dims() != data.rows.columns() || begun.labels().size() != data.rows.rows() ||
        (begun.size() != 0 && begun.density(0).shape() != shape))
      raise(error(error_kind::shape) << "gaussian_mixture: what was begun is of other data, or of another recipe");
    return {data, shape, floor, begun};
  }

  template <real T, executor E, class After>
  void go_on(fitted<soft_clustering<T>>& training, detail::mixture_state<T>& mixture, std::uint32_t more, E& ex,
             After const& after) const {
    detail::run_rounds(training, more, epochs, after, [&](fit_report const& before) {
      if (before.epochs != 0) mixture.move();
      double const now = mixture.look(ex);
      if (!is_finite(now))
        raise(error(error_kind::numeric) << "gaussian_mixture: the likelihood is not finite; scale the columns");
      training.model = mixture.model(now);
      bool const rests = before.epochs != 0 && now - before.objective <= tolerance * mixture.weight();
      return fit_report{before.epochs + 1, now, rests};
    });
  }
};

KINDRED_END
