// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/assigner.hpp>
#include <kindred/cluster/center_set.hpp>
#include <kindred/cluster/center_swaps.hpp>
#include <kindred/cluster/lloyd.hpp>
#include <kindred/cluster/update_rule.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// What k-means tries on a sample before it touches all rows: a poor start costs many epochs and ends in a poor optimum, and on
// a sample it is cheap to know better.
//
// Draws `rows` rows for each cluster (all, when there are no more; twice as many, and so on, as long as that is no more than a
// sixteenth of all), begins `starts` times, takes the best start after a few
// epochs, and improves it by swaps: one center is taken away and put on a row that is badly served, where that pays. Up to
// `swaps` times eight such rows are tried. Swaps are Lattanzi and Sohler, "A better k-means++ algorithm via local search"
// (2019); the sample is Bradley and Fayyad, "Refining initial points for k-means clustering" (1998). rows = 0 leaves the
// rehearsal out: the first centers are then exactly what the initial policy says.
struct rehearsal {
  index_t rows = 256;
  index_t starts = 4;
  index_t swaps = 50;

  void check() const {
    if (starts == 0 || starts > 1000)
      raise(error(error_kind::setting) << "rehearsal: starts = " << starts << "; there are 1 to 1000");
  }
};

namespace detail {

// Rows as centers. When there are fewer than clusters, the last ones repeat the first: they stay empty.
template <class Rows>
[[nodiscard]] center_set<typename Rows::value_type> centers_at(Rows const& rows, std::span<index_t const> chosen,
                                                               index_t clusters) {
  center_set<typename Rows::value_type> centers(clusters, rows.dims());
  for (index_t c = 0; c != clusters; ++c) {
    rows.copy_row(chosen[c % chosen.size()], centers.row(c));
    centers.settle(c, 0);
  }
  centers.settle_all();
  return centers;
}

// The first centers: what the initial policy says, rehearsed.
template <class Rows, class Initial, executor E>
[[nodiscard]] center_set<typename Rows::value_type> rehearse(Rows const& rows, Initial const& initial,
                                                             rehearsal const& how, lloyd_settings const& settings,
                                                             index_t clusters, std::uint64_t seed, E& ex) {
  using T = typename Rows::value_type;
  auto const run = [&](center_set<T>& centers, std::uint32_t epochs, double tolerance, auto& on) {
    lloyd_settings shorter = settings;
    shorter.epochs = epochs;
    shorter.tolerance = tolerance;
    assigner<Rows> closest(rows, clusters, update_rule::automatic);
    return run_lloyd(rows, shorter, centers, closest, on).objective;
  };
  // A start is too small for many threads; several starts are not.
  std::vector<center_set<T>> started(how.starts, center_set<T>(clusters, rows.dims()));
  std::vector<double> inertia(how.starts);
  ex.bulk(how.starts, [&](std::size_t start) {
    sequential alone;
    started[start] = centers_at(rows, initial.choose(rows, clusters, mix(seed, start), alone), clusters);
    inertia[start] = run(started[start], 8, 1e-3, alone);
  });
  std::size_t lowest = 0;
  for (std::size_t start = 1; start < how.starts; ++start)
    if (inertia[start] < inertia[lowest]) lowest = start;
  center_set<T> best = std::move(started[lowest]);
  for (std::uint32_t turn = 0; turn != 4; ++turn) {
    index_t const made = center_swaps<Rows>(rows, best).run(how.swaps, mix(seed, turn, 1), ex);
    if (made == 0 && turn != 0) break;
    run(best, 30, 1e-4, ex);
  }
  return best;
}

}  // namespace detail

KINDRED_END
