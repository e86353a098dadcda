// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/clustering.hpp>
#include <kindred/cluster/empty_cluster.hpp>
#include <kindred/cluster/initial.hpp>
#include <kindred/cluster/kmeans.hpp>
#include <kindred/cluster/rehearsal.hpp>
#include <kindred/cluster/row_length.hpp>
#include <kindred/cluster/update_rule.hpp>
#include <kindred/cluster/weighted_rows.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <cstdint>
#include <utility>

KINDRED_BEGIN

// k-means by direction: rows are compared by their cosine, and a center is the mean direction of its rows (Dhillon and Modha,
// 2001). For counts and texts, where a long row says the same as a short one. Minimizes the sum of weight x (1 - cosine).
// Settings and promises are those of kmeans. A row of zeros has no direction: it is 1 from every center, and belongs to
// cluster 0.
template <class Initial = greedy_kmeans_plus_plus>
struct spherical_kmeans {
  static_assert(detail::begins_kmeans<Initial>, "spherical_kmeans: not a policy of initial centers");

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
    return same().fit_as(row_length::unit, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <cluster_rows Data>
  [[nodiscard]] kmeans_checkpoint<value_t<Data>> begin(Data const& data) const {
    return same().begin(data);
  }
  template <cluster_rows Data, executor E, class After>
  void advance(kmeans_checkpoint<value_t<Data>>& training, Data const& data, std::uint32_t more, E& ex,
               After const& after) const {
    same().advance_as(row_length::unit, training, data, more, ex, after);
  }
  template <cluster_rows Data, executor E>
  [[nodiscard]] fitted<clustering<value_t<Data>>> finish(kmeans_checkpoint<value_t<Data>> training, Data const& data,
                                                         E& ex) const {
    return same().finish_as(row_length::unit, std::move(training), data, ex);
  }

private:
  [[nodiscard]] kmeans<Initial> same() const {
    return {clusters, epochs, tolerance, runs, initial, rehearse, update, empty, seed};
  }
};

KINDRED_END
