// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/scored_examples.hpp>
#include <kindred/evaluate/by_score.hpp>

#include <cmath>
#include <cstddef>
#include <limits>

KINDRED_BEGIN

// What comes of acting on every score from a threshold on: the weight of examples in four boxes, and the usual figures of them.
// A figure whose divisor is zero is zero: what says nothing must not look good.
struct confusion {
  double hits = 0;          // acted on, and it happened
  double false_alarms = 0;  // acted on, and it did not happen
  double misses = 0;        // left, and it happened
  double rejections = 0;    // left, and it did not happen

  [[nodiscard]] double total() const noexcept { return hits + false_alarms + misses + rejections; }
  [[nodiscard]] double accuracy() const noexcept { return ratio(hits + rejections, total()); }
  [[nodiscard]] double precision() const noexcept { return ratio(hits, hits + false_alarms); }
  [[nodiscard]] double recall() const noexcept { return ratio(hits, hits + misses); }
  [[nodiscard]] double specificity() const noexcept { return ratio(rejections, rejections + false_alarms); }

  // (1 + beta^2) precision recall / (beta^2 precision + recall): recall counts beta times as much as precision.
  [[nodiscard]] double f(double beta = 1) const noexcept {
    double const b = beta * beta;
    return ratio((1 + b) * hits, (1 + b) * hits + b * misses + false_alarms);
  }

  // Matthews' correlation coefficient, in [-1, 1]: fair where one of the two is rare.
  [[nodiscard]] double mcc() const noexcept {
    double const roots = std::sqrt(hits + false_alarms) * std::sqrt(hits + misses) *
                         std::sqrt(rejections + false_alarms) * std::sqrt(rejections + misses);
    return ratio(hits * rejections - false_alarms * misses, roots);
  }

private:
  [[nodiscard]] static double ratio(double part, double whole) noexcept { return whole > 0 ? part / whole : 0; }
};

// The confusion of acting on scores of at least `threshold`. O(n). Throws as scored_examples::check.
template <real T>
[[nodiscard]] confusion confusion_at(scored_examples<T> const& all, double threshold) {
  all.check();
  confusion out;
  for (std::size_t k = 0; k != all.size(); ++k) {
    bool const acted = static_cast<double>(all.score[k]) >= threshold;
    bool const happened = all.happened(k);
    (acted ? happened ? out.hits : out.false_alarms : happened ? out.misses : out.rejections) += all.weight_of(k);
  }
  return out;
}

// What wrong decisions cost, in any unit of money.
struct decision_costs {
  double false_alarm = 1;
  double miss = 1;
};

// Where to act: a threshold, what comes of it, and what it costs.
struct decision {
  double threshold;  // act on scores of at least this; infinity says never to act
  confusion result;
  double cost;
};

// The threshold among the scores that costs least on these examples, of equal ones the highest. O(n log n). Throws as
// scored_examples::check, and error{setting} for a cost that is negative or not finite.
template <real T>
[[nodiscard]] decision cheapest_threshold(scored_examples<T> const& all, decision_costs const& costs) {
  all.check();
  check_not_negative("cheapest_threshold: false_alarm", costs.false_alarm);
  check_not_negative("cheapest_threshold: miss", costs.miss);
  auto const steps = detail::by_score(all);
  auto const total = detail::total_of(steps);
  confusion now{.misses = total.positive, .rejections = total.negative};
  auto const cost_of = [&](confusion const& c) { return costs.false_alarm * c.false_alarms + costs.miss * c.misses; };
  decision best{std::numeric_limits<double>::infinity(), now, cost_of(now)};
  for (auto const& step : steps) {
    now.hits += step.positive;
    now.misses -= step.positive;
    now.false_alarms += step.negative;
    now.rejections -= step.negative;
    if (double const cost = cost_of(now); cost < best.cost) best = {step.score, now, cost};
  }
  return best;
}

KINDRED_END
