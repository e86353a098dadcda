// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/model_biases.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/factor/timed_factor_model.hpp>
#include <kindred/factor/user_clock.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/regularizer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// model_biases, and beside them drift(u) dev(u, t) + mood(u, day of t).
template <real T, class Regularizer>
class time_biases : public model_biases<T, Regularizer> {
public:
  time_biases(ratings<T> const& data, factor_model<T>& model, Regularizer bias, l2 drifts, l2 moods, user_clock clock)
      : model_biases<T, Regularizer>(data, model, bias),
        drifts_(drifts),
        moods_(moods),
        clock_(std::move(clock)),
        drift_(data.user_count(), T{0}),
        mood_(clock_.days(), T{0}) {
    for (index_t u = 0; u != data.user_count(); ++u)
      for (std::int64_t const t : data.times(user_id{u}))
        when_.push_back({static_cast<T>(clock_.deviation(u, t)), clock_.slot(u, t)});
  }

  template <class Entry>
  [[nodiscard]] T of(index_t u, Entry const& seen) const noexcept {
    moment const& at = when_[seen.number];
    return model_biases<T, Regularizer>::of(u, seen) + drift_[u] * at.deviation + mood_[at.day];
  }
  template <class Entry>
  void move_user(index_t u, Entry const& seen, T pull, T rate) noexcept {
    model_biases<T, Regularizer>::move_user(u, seen, pull, rate);
    moment const& at = when_[seen.number];
    drift_[u] = drifts_.shrink(drift_[u] - pull * at.deviation, rate);
    mood_[at.day] = moods_.shrink(mood_[at.day] - pull, rate);
  }

  // The model of what was learned, by the clock that it was learned by; nothing is left here.
  [[nodiscard]] timed_factor_model<T> model_of(factor_model<T> factors) {
    return {std::move(factors), std::move(clock_), std::move(drift_), std::move(mood_)};
  }
  [[nodiscard]] bool finite() const noexcept {
    return is_finite(largest_magnitude(std::span<T const>(drift_)) + largest_magnitude(std::span<T const>(mood_)));
  }

private:
  struct moment {
    T deviation;
    std::size_t day;
  };

  l2 drifts_;
  l2 moods_;
  user_clock clock_;
  std::vector<T> drift_;
  std::vector<T> mood_;
  std::vector<moment> when_;  // of every rating, along by_user()
};

}  // namespace detail

// The time-aware biases of timeSVD++ on a factorization, svdpp or asymmetric_svd: users drift, and have good and bad days.
// Predicts
//
//   what the base predicts  +  drift(u) dev(u, t)  +  mood(u, day of t),     dev(u, t) = sign(t - mean) |t - mean|^power
//
// with dev scaled to [-1, 1] for every user (Koren, "Collaborative filtering with temporal dynamics", 2009, equations 6
// and 9). Both terms are learned with the base and by its rate; strengths are paid with every rating. The vectors of items
// and users do not change with time.
//
// Ratings without times give error{data}. Otherwise objective, reports, errors and determinism are those of the base.
template <class Base = svdpp<>>
struct time_aware {
  Base base = {};
  l2 drift = {.strength = 0.05};
  l2 mood = {.strength = 0.05};
  double power = 0.4;
  double day = 86400;  // how long a day is, in the unit of the times

  template <real T, executor E, observer O>
    requires recipe<Base, ratings<T>>
  [[nodiscard]] fitted<timed_factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    drift.check();
    mood.check();
    check_not_negative("time_aware: power", power);
    if (!is_finite(day) || !(day > 0))
      raise(error(error_kind::setting) << "time_aware: day = " << day << "; it has to be a positive number");
    if (!data.timed() && !data.empty()) raise(error(error_kind::data) << "time_aware: the ratings have no times");
    using biases_type = detail::time_biases<T, decltype(base.bias)>;
    std::optional<biases_type> biases;
    auto done = base.fit_with(data, ex, watch, [&](factor_model<T>& model) -> biases_type& {
      return biases.emplace(data, model, base.bias, drift, mood, detail::user_clock(data, day, power));
    });
    if (!biases->finite()) raise_diverged(done.report.epochs);
    return {biases->model_of(std::move(done.model)), done.report};
  }
};

KINDRED_END
