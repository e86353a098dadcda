// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/scored_examples.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A curve that never falls, through ascending points: straight between two of them, level before the first and after the
// last. Without a point it is 1/2. O(log points).
class rising_curve {
public:
  struct point {
    double score;
    double value;

    static void fields(auto& self, auto& visit) {
      visit("score", self.score);
      visit("value", self.value);
    }
    friend bool operator==(point const&, point const&) = default;
  };

  rising_curve() = default;
  explicit rising_curve(std::vector<point> points) noexcept : points_(std::move(points)) {}

  static constexpr stored_format format{"rising_curve", 1};
  static void fields(auto& self, auto& visit) { visit("points", self.points_); }
  void restore() const {
    for (std::size_t k = 0; k != points_.size(); ++k)
      check_stored(
          is_finite(points_[k].score) && is_finite(points_[k].value) &&
              (k == 0 || (points_[k - 1].score < points_[k].score && points_[k - 1].value <= points_[k].value)),
          "rising_curve: finite numbers that ascend");
  }

  [[nodiscard]] double operator()(double score) const noexcept {
    if (points_.empty()) return 0.5;
    auto const after =
        std::lower_bound(points_.begin(), points_.end(), score, [](point const& p, double s) { return p.score < s; });
    if (after == points_.end()) return points_.back().value;
    if (after == points_.begin() || after->score == score) return after->value;
    auto const& before = *(after - 1);
    double const part = (score - before.score) / (after->score - before.score);
    return before.value + part * (after->value - before.value);
  }
  [[nodiscard]] std::vector<point> const& points() const noexcept { return points_; }

  friend bool operator==(rising_curve const&, rising_curve const&) = default;

private:
  std::vector<point> points_;
};

// Turns scores into probabilities by the curve that never falls and has the least squared error, whatever its shape: pool
// adjacent violators (Ayer et al., 1955; Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass
// probability estimates", 2002). Believes the order of the scores and nothing else. Wants a thousand examples or more, or it
// says 0 and 1 at the ends. Equal scores are one point. O(n log n). Deterministic. Throws as scored_examples::check.
struct isotonic {
  template <real T, executor E, observer O>
  [[nodiscard]] fitted<rising_curve> fit(scored_examples<T> const& all, E&, O&) const {
    all.check();
    std::vector<std::size_t> order(all.size());
    for (std::size_t k = 0; k != order.size(); ++k) order[k] = k;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return all.score[a] != all.score[b] ? all.score[a] < all.score[b] : a < b;
    });
    std::vector<level> levels;
    for (std::size_t k = 0; k != order.size();) {
      auto const score = static_cast<double>(all.score[order[k]]);
      level next{score, score};
      for (; k != order.size() && static_cast<double>(all.score[order[k]]) == score; ++k) {
        next.weight += all.weight_of(order[k]);
        next.happened += all.happened(order[k]) ? all.weight_of(order[k]) : 0;
      }
      // A level that is not above the one before it is pooled with it; their mean may now violate the order further down.
      while (!levels.empty() && levels.back().mean() >= next.mean()) {
        next = {levels.back().first, next.last, levels.back().weight + next.weight,
                levels.back().happened + next.happened};
        levels.pop_back();
      }
      levels.push_back(next);
    }
    std::vector<rising_curve::point> points;
    for (level const& l : levels) {
      points.push_back({l.first, l.mean()});
      if (l.last != l.first) points.push_back({l.last, l.mean()});
    }
    return {rising_curve(std::move(points)), {.epochs = 1}};
  }

private:
  struct level {
    double first;
    double last;
    double weight = 0;
    double happened = 0;
    [[nodiscard]] double mean() const noexcept { return happened / weight; }
  };
};

KINDRED_END
