// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/run/fit.hpp>

#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A fit by kmeans or spherical_kmeans under way, after an epoch: where the run is, and the best of those before it.
template <real T>
struct kmeans_checkpoint {
  fit_report report = {.converged = false};  // of all runs
  std::uint32_t run = 0;                     // how many have ended
  fit_report now = {};                       // of the run under way
  fit_report best = {};
  std::vector<T> centers = {};
  std::vector<index_t> labels = {};
  std::vector<T> best_centers = {};
  std::vector<index_t> best_labels = {};

  // Keeps the run under way if it is the best so far.
  void end_run() {
    if (now.epochs != 0 && (best.epochs == 0 || now.objective < best.objective)) {
      best = now;
      best_centers = std::move(centers);
      best_labels = std::move(labels);
    }
    now = {};
    centers.clear();
    labels.clear();
  }

  static constexpr stored_format format{"kmeans_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("report", self.report);
    visit("run", self.run);
    visit("now", self.now);
    visit("best", self.best);
    visit("centers", self.centers);
    visit("labels", self.labels);
    visit("best_centers", self.best_centers);
    visit("best_labels", self.best_labels);
  }
  void restore() const {
    check_stored_numbers(centers, "kmeans_checkpoint");
    check_stored_numbers(best_centers, "kmeans_checkpoint");
  }
};

KINDRED_END
