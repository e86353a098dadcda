// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/co_cluster_means.hpp>
#include <kindred/factor/co_cluster_model.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/csr_view.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A fit by co_clustering under way: in which group everybody and everything is.
struct co_clustering_checkpoint {
  fit_report report = {};
  std::vector<index_t> users = {};
  std::vector<index_t> items = {};

  static constexpr stored_format format{"co_clustering_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("report", self.report);
    visit("users", self.users);
    visit("items", self.items);
  }
};

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
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <real T, executor E>
  [[nodiscard]] co_clustering_checkpoint begin(ratings<T> const& data, E& ex) const {
    check();
    co_clustering_checkpoint training{{.converged = false},
                                      drawn(data.by_user(), user_groups, mix(seed, 1)),
                                      drawn(data.by_item(), item_groups, mix(seed, 2))};
    training.report.objective = means_of(training, data, ex).error(data, ex, training.users, training.items);
    return training;
  }
  template <real T, executor E, class After>
  void advance(co_clustering_checkpoint& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    check();
    std::vector<index_t>& users = training.users;
    std::vector<index_t>& items = training.items;
    auto means = means_of(training, data, ex);
    detail::run_rounds(training, more, sweeps, after, [&](fit_report const& before) {
      bool moved = regroup<user_id>(data, ex, means, users, items);
      means.update(data, ex, users, items);
      moved = regroup<item_id>(data, ex, means, items, users) || moved;
      means.update(data, ex, users, items);
      double const now = means.error(data, ex, users, items);
      return fit_report{before.epochs + 1, now, !moved || before.objective - now <= tolerance * before.objective};
    });
  }
  template <real T, executor E>
  [[nodiscard]] fitted<co_cluster_model<T>> finish(co_clustering_checkpoint training, ratings<T> const& data,
                                                   E& ex) const {
    fit_report const report = training.report;
    auto const means = means_of(training, data, ex);
    auto model = means.template model<T>(std::move(training.users), std::move(training.items));
    if (!is_finite(report.objective) || !model)
      raise_overflow("co_clustering", report.epochs, means.largest_user(), means.largest_item());
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

  // Of groups that are those of the same data, or error{shape} is thrown.
  template <real T, executor E>
  [[nodiscard]] detail::co_cluster_means means_of(co_clustering_checkpoint const& training, ratings<T> const& data,
                                                  E& ex) const {
    auto const right = [&](std::vector<index_t> const& group, csr_view<T> rows, index_t groups) {
      bool all = group.size() == rows.rows();
      for (index_t r = 0; all && r != rows.rows(); ++r)
        all = rows.row(r).empty() ? group[r] == groups : group[r] < groups;
      return all;
    };
    if (!right(training.users, data.by_user(), user_groups) || !right(training.items, data.by_item(), item_groups))
      raise(error(error_kind::shape) << "co_clustering: what was begun is of other data, or of another recipe");
    return {data, ex, training.users, training.items, user_groups, item_groups, damping};
  }

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
