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
#include <kindred/view/matrix_view.hpp>

#include <cstdint>

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
    check();
    if (clusters > data.rows.rows() && data.rows.rows() != 0)
      raise(error(error_kind::setting) << "gaussian_mixture: clusters = " << clusters << " for " << data.rows.rows()
                                       << " rows");
    silent unwatched;
    auto const start = kmeans<>{.clusters = clusters, .seed = seed}.fit(data, ex, unwatched).model;
    detail::mixture_state<T> mixture(data, shape, floor, start, ex);
    double last = 0;
    for (std::uint32_t epoch = 1;; ++epoch) {
      double const now = mixture.look(ex);
      if (!is_finite(now))
        raise(error(error_kind::numeric) << "gaussian_mixture: the likelihood is not finite; scale the columns");
      fit_report const report{epoch, now, epoch != 1 && now - last <= tolerance * mixture.weight()};
      flow const next = watch(progress{epoch, now});
      if (report.converged || epoch == epochs || next == flow::stop) return {mixture.model(now), report};
      mixture.move();
      last = now;
    }
  }

  void check() const {
    if (clusters == 0) raise(error(error_kind::setting) << "gaussian_mixture: clusters = 0; there has to be one");
    if (epochs == 0) raise(error(error_kind::setting) << "gaussian_mixture: epochs = 0; there has to be one");
    check_not_negative("gaussian_mixture: tolerance", tolerance);
    check_not_negative("gaussian_mixture: floor", floor);
  }
};

KINDRED_END
