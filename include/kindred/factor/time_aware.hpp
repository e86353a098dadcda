// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/composed_checkpoint.hpp>
#include <kindred/factor/composed_fit.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/factor/time_terms.hpp>
#include <kindred/factor/timed_factor_model.hpp>
#include <kindred/factor/user_clock.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/regularizer.hpp>

#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Whether the vectors of users change with time.
enum class taste : bool { steady, turning };

// What timeSVD++ knows of time, on a factorization, svdpp or asymmetric_svd: users drift, and have good and bad days; items come
// into fashion and go out of it, and tastes turn, if asked for. Predicts
//
//   what the base predicts  +  drift(u) dev(u, t)  +  mood(u, day of t)  +  fashion(i, bin of t)  +  dev(u, t) <turn(u), q(i)>,
//   dev(u, t) = sign(t - mean) |t - mean|^power
//
// with dev scaled to [-1, 1] for every user (Koren, "Collaborative filtering with temporal dynamics", 2009, equations 6, 9 and
// 13, whose vectors of single days are not there). All terms are learned with the base and by its rate; strengths are paid with every
// rating. `bins` cut the time of all ratings into equal parts; 0, as it comes, leaves fashions out. Vectors with taste::turning
// take half as much more time and memory.
//
// Ratings without times give error{data}. Otherwise objective, reports, errors and determinism are those of the base.
template <class Base = svdpp<>>
struct time_aware {
  Base base = {};
  l2 drift = {.strength = 0.05};
  l2 mood = {.strength = 0.05};
  index_t bins = 0;
  l2 fashion = {.strength = 1};
  taste vectors = taste::steady;
  l2 turn = {.strength = 0.1};
  double power = 0.4;
  double day = 86400;  // how long a day is, in the unit of the times

  template <real T, executor E, observer O>
    requires recipe<Base, ratings<T>>
  [[nodiscard]] fitted<timed_factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <real T, executor E>
  [[nodiscard]] composed_checkpoint<T, detail::time_terms<T>> begin(ratings<T> const& data, E& ex) const {
    check(data);
    detail::user_clock clock(data, day, power);
    std::vector<T> no_moods(clock.days(), T{0});
    auto training = detail::begin_composed(
        base, data, ex, {},
        detail::time_terms<T>{
            std::move(clock), std::vector<T>(data.user_count(), T{0}), std::move(no_moods), {data, bins}, {}});
    if (vectors == taste::turning)
      training.terms.turn.assign(data.user_count() * training.model.users().stride(), T{0});
    return training;
  }
  template <real T, executor E, class After>
  void advance(composed_checkpoint<T, detail::time_terms<T>>& training, ratings<T> const& data, std::uint32_t more,
               E& ex, After const& after) const {
    check(data);
    detail::advance_composed(base, training, data, more, ex, after, [&](auto& begun) {
      check_terms(begun, data);
      return detail::time_biases<T, decltype(base.bias)>(data, begun.model, base.bias, {drift, mood, fashion, turn},
                                                         begun.terms);
    });
  }
  template <real T, executor E>
  [[nodiscard]] fitted<timed_factor_model<T>> finish(composed_checkpoint<T, detail::time_terms<T>> training,
                                                     ratings<T> const& data, E& ex) const {
    check_terms(training, data);
    auto done = detail::finish_composed(base, training, data, ex);
    auto& terms = training.terms;
    if (!detail::finite(terms, done.model))
      raise_left_large(done.report.epochs, terms.largest_user(), terms.largest_item(done.model));
    return {timed_factor_model<T>(std::move(done.model), std::move(terms.clock), std::move(terms.drift),
                                  std::move(terms.mood), std::move(terms.fashion), std::move(terms.turn)),
            done.report};
  }

private:
  template <real T>
  void check_terms(composed_checkpoint<T, detail::time_terms<T>> const& training, ratings<T> const& data) const {
    if (!training.terms.is_of(data, bins, vectors == taste::turning ? training.model.users().stride() : 0))
      detail::raise_other_times();
  }

  template <real T>
  void check(ratings<T> const& data) const {
    drift.check();
    mood.check();
    fashion.check();
    turn.check();
    if (bins > 10000) raise(error(error_kind::setting) << "time_aware: bins = " << bins << "; there are at most 10000");
    check_not_negative("time_aware: power", power);
    if (!is_finite(day) || !(day > 0))
      raise(error(error_kind::setting) << "time_aware: day = " << day << "; it has to be a positive number");
    if (!data.timed() && !data.empty()) raise(error(error_kind::data) << "time_aware: the ratings have no times");
  }
};

KINDRED_END
