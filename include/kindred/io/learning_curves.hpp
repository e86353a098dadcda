// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/io/chart/line_chart.hpp>
#include <kindred/run/observer.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

KINDRED_BEGIN

// The objective by epoch, of one fit or of several, as a chart for a report.
//
//   kindred::learning_curves curves;
//   auto const taste = kindred::fit(kindred::sgd<>{}, train, pool, curves.of("sgd")).model;
//   page.line(curves.chart());
//
// Watches and stops nothing; pass another observer to be asked as well. Objectives that are not finite are passed over. What of()
// gives looks into the curves, which must outlive it and stay where they are; fits may run one after another, not at once.
class learning_curves {
public:
  // An observer that draws the curve of this name, and of what is held out another, where the recipe tells.
  template <observer O = silent>
  [[nodiscard]] auto of(std::string name, O then = {}) {
    std::size_t const own = curves_.size();
    curves_.push_back({std::move(name), {}, {}, {}});
    return [this, own, then](progress const& now) mutable {
      curve& c = curves_[own];
      if (is_finite(now.objective)) {
        c.epoch.push_back(now.epoch);
        c.objective.push_back(now.objective);
        c.held_out.push_back(is_finite(now.held_out) ? now.held_out : 0);
      }
      return then(now);
    };
  }

  [[nodiscard]] line_chart chart(std::string title = "How training went") const {
    line_chart out{.title = std::move(title), .x_label = "epoch", .y_label = "objective"};
    for (curve const& c : curves_) {
      out.series.push_back({.name = c.name, .x = c.epoch, .y = c.objective});
      bool told = false;
      for (double const loss : c.held_out) told = told || loss != 0;
      if (told) out.series.push_back({.name = c.name + ", held out", .x = c.epoch, .y = c.held_out});
    }
    return out;
  }

private:
  struct curve {
    std::string name;
    std::vector<double> epoch;
    std::vector<double> objective;
    std::vector<double> held_out;
  };

  std::vector<curve> curves_;
};

KINDRED_END
