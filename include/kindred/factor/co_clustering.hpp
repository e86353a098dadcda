// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/co_cluster_means.hpp>
#include <kindred/factor/co_cluster_model.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/csr_view.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Groups users and items at the same time, so that everybody in a group of users thinks alike of everything in a group of
// items (George and Merugu, "A scalable collaborative filtering framework based on co-clustering", 2005, algorithm 1 with
// the scheme of equation 2, which is what co_cluster_model predicts by; it has no damping).
//
// Groups are drawn at random at first. A sweep moves every user to the group that predicts their ratings with the smallest
// squared error, takes the means anew, and does the same for items; of equal groups the one where they are. A rating's weight
// counts like so many ratings. O(ratings + (users + items) x user_groups x item_groups) a sweep, parallel over rows, the same bits on any
// number of threads. The observer hears the sum of squared errors after each sweep; converged means that nobody moved or
// that the last sweep lowered it by no more than `tolerance` of itself. Ratings so large that they overflow give error{numeric}.
//
// Few numbers say a lot here - a group is a segment with a mean for every group of items - and it is quick; other
// factorizations predict better.
struct co_clustering {
  index_t user_groups = 3;
  index_t item_groups = 3;
  std::uint32_t sweeps = 20;
  double damping = 5;  // as many ratings of exactly its group's mean as everybody and everything is given for a start
  double tolerance = 1e-5;
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<co_cluster_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    check();
    auto users = drawn(data.by_user(), user_groups, mix(seed, 1));
    auto items = drawn(data.by_item(), item_groups, mix(seed, 2));
    detail::co_cluster_means means(data, ex, users, items, user_groups, item_groups, damping);
    fit_report report{.objective = means.error(data, ex, users, items)};
    for (std::uint32_t sweep = 1; sweep <= sweeps; ++sweep) {
      bool moved = regroup<user_id>(data, ex, means, users, items);
      means.update(data, ex, users, items);
      moved = regroup<item_id>(data, ex, means, items, users) || moved;
      means.update(data, ex, users, items);
      double const before = report.objective;
      report = {sweep, means.error(data, ex, users, items)};
      report.converged = !moved || before - report.objective <= tolerance * before;
      if (watch(progress{sweep, report.objective}) == flow::stop || report.converged) break;
    }
    auto model = means.template model<T>(std::move(users), std::move(items));
    if (!is_finite(report.objective) || !model)
      raise(error(error_kind::numeric).at(report.epochs) << "co_clustering: ratings of this size overflow in sweep "
                                                         << report.epochs << "; divide them all by one number");
    return {*std::move(model), report};
  }

  // Throws error{setting} when a setting is outside its range.
  void check() const {
    constexpr index_t most = 4096;
    auto const fits = [](char const* name, index_t groups) {
      if (groups == 0 || groups > most)
        raise(error(error_kind::setting) << "co_clustering: " << name << " = " << groups << "; there are 1 to "
                                         << most);
    };
    fits("user_groups", user_groups);
    fits("item_groups", item_groups);
    check_not_negative("co_clustering: damping", damping);
    check_not_negative("co_clustering: tolerance", tolerance);
  }

private:
  static constexpr std::size_t grain = 256;  // rows a task

  // A random group for every row; `groups`, which means none, for rows without a rating.
  template <real T>
  [[nodiscard]] static std::vector<index_t> drawn(csr_view<T> rows, index_t groups, std::uint64_t seed) {
    std::vector<index_t> group(rows.rows(), groups);
    for (index_t r = 0; r != rows.rows(); ++r) {
      random_stream random(seed, r);
      if (!rows.row(r).empty()) group[r] = below(random, groups);
    }
    return group;
  }

  // Moves every row, a user or an item, to its best group; whether one moved.
  template <entity_id Row, real T, executor E>
  [[nodiscard]] static bool regroup(ratings<T> const& data, E& ex, detail::co_cluster_means const& means,
                                    std::vector<index_t>& rows, std::vector<index_t> const& columns) {
    std::atomic<bool> moved = false;
    for_chunks(ex, rows.size(), grain, [&](std::size_t first, std::size_t last) {
      std::vector<detail::weighted_sum> by_group;
      for (std::size_t r = first; r != last; ++r) {
        Row const row{static_cast<index_t>(r)};
        if (data.of(row).empty()) continue;
        index_t const best = means.best_group(data, row, rows[r], columns, by_group);
        if (best == rows[r]) continue;
        rows[r] = best;
        moved.store(true, std::memory_order_relaxed);
      }
    });
    return moved.load(std::memory_order_relaxed);
  }
};

KINDRED_END
