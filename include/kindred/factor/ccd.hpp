// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/begun_training.hpp>
#include <kindred/factor/check_reach.hpp>
#include <kindred/factor/descent_checkpoint.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/rank_one_descent.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Biased matrix factorization by coordinate descent: no learning rate, nothing to diverge. Minimizes
//
//   sum over ratings (u, i, r, w) of  w (r - mean - b(u) - b(i) - <p(u), q(i)>)^2 / 2
//                                     + bias.penalty(b(u)) + bias.penalty(b(i)) + vector.penalty(p(u)) + vector.penalty(q(i))
//
// one number at a time, each to its exact minimum given the others: a sweep goes through the biases and then through the
// factors, each of which it fits to what the others leave (CCD++ of Yu, Hsieh, Si and Dhillon, 2012). Penalties are paid with
// every rating, so that strengths mean what they mean to sgd. Any regularizer will do; under l1 many numbers are exactly zero.
//
// A sweep costs 14 x factors flops a rating, runs along memory, and is parallel over users and items: the same bits on any
// number of threads. The observer hears the mean loss after each sweep, without penalties; converged says that the last
// sweep changed it by no more than `tolerance` of itself. Ratings so large that they overflow give error{numeric}, naming the
// user or the item at whose step that was.
template <class Regularizer = l2, class Initializer = normal_initializer>
struct ccd {
  static_assert(regularizer<Regularizer, detail::either<regularizer<Regularizer, double>>>, "ccd: not a regularizer");
  static_assert(!detail::of_rows<Regularizer>, "ccd: a penalty of whole vectors is for sgd");
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>, "ccd: not an initializer");

  index_t factors = 40;
  std::uint32_t sweeps = 20;
  Regularizer vector = detail::usually<Regularizer>(l2{.strength = 0.12});
  Regularizer bias = detail::usually<Regularizer>(l2{.strength = 0.12});
  double tolerance = 1e-4;
  Initializer start = {};
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires regularizer<Regularizer, T> && initializer<Initializer, T>
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable).
  template <real T, executor E>
  [[nodiscard]] descent_checkpoint<T, factor_model<T>> begin(ratings<T> const& data, E& ex) const {
    check();
    factor_model<T> const nobody(0, 0, 0);
    auto begun = detail::begun_biased("ccd", ex, data, nobody, factors, detail::started_by(*this, user_id{}),
                                      detail::started_by(*this, item_id{}));
    descent_checkpoint<T, factor_model<T>> training{std::move(begun.model), begun.report,
                                                    detail::rating_residuals<T>(data)};
    detail::rank_one_descent<T> left(data, training.left);
    left.take_off(ex, std::vector<T>(data.user_count(), training.model.mean()),
                  std::vector<T>(data.item_count(), T{1}));
    training.report.objective = left.objective(ex);
    return training;
  }
  template <real T, executor E, class After>
  void advance(descent_checkpoint<T, factor_model<T>>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    check();
    factor_model<T>& model = training.model;
    detail::check_training("ccd", model, data, factors);
    detail::check_residuals("ccd", training.left, data);
    detail::rank_one_descent<T> left(data, training.left);
    std::vector<T> const user_ones(data.user_count(), T{1}), item_ones(data.item_count(), T{1});
    std::vector<T> user(data.user_count()), item(data.item_count());
    detail::run_rounds(training, more, sweeps, after, [&](fit_report const& before) {
      biases(ex, model, left, user_ones, item_ones);
      for (index_t f = 0; f != factors; ++f) {
        column(model, f, user, item);
        // In the first sweep no factor was taken off yet, and none that is to come is in the way of this one.
        if (before.epochs == 0) left.take_off(ex, user, item);
        left.move_items(ex, item, user, chosen<T>(vector));
        left.move_users(ex, user, item, chosen<T>(vector));
        put(model, f, user, item);
      }
      std::uint32_t const sweep = before.epochs + 1;
      double const now = left.objective(ex);
      left.check("ccd", sweep);
      if (!is_finite(now) || !is_finite(static_cast<T>(model.reach()))) detail::raise_overflow_of("ccd", model, sweep);
      return fit_report{sweep, now, detail::rests(before, now, tolerance)};
    });
  }

  void check() const {
    check_factors("ccd", factors);
    check_settings(vector, bias, start);
    check_not_negative("ccd: tolerance", tolerance);
  }

private:
  // The minimum of curve (x - best)^2 / 2 + n penalty(x) is a proximal step of the rate n / curve.
  template <real T>
  [[nodiscard]] static auto chosen(Regularizer const& how) noexcept {
    return [&how](double best, double curve, std::size_t n) {
      return curve > 0 ? how.shrink(static_cast<T>(best), static_cast<T>(static_cast<double>(n) / curve)) : T{0};
    };
  }

  template <real T, executor E>
  void biases(E& ex, factor_model<T>& model, detail::rank_one_descent<T>& left, std::vector<T> const& user_ones,
              std::vector<T> const& item_ones) const {
    std::vector<T> of_users(model.user_biases().begin(), model.user_biases().end());
    std::vector<T> of_items(model.item_biases().begin(), model.item_biases().end());
    left.move_users(ex, of_users, item_ones, chosen<T>(bias));
    left.move_items(ex, of_items, user_ones, chosen<T>(bias));
    for (index_t u = 0; u != of_users.size(); ++u) model.of(user_id{u}).bias = of_users[u];
    for (index_t i = 0; i != of_items.size(); ++i) model.of(item_id{i}).bias = of_items[i];
  }

  template <real T>
  static void column(factor_model<T>& model, index_t f, std::vector<T>& user, std::vector<T>& item) {
    for (index_t u = 0; u != user.size(); ++u) user[u] = model.of(user_id{u}).vector[f];
    for (index_t i = 0; i != item.size(); ++i) item[i] = model.of(item_id{i}).vector[f];
  }
  template <real T>
  static void put(factor_model<T>& model, index_t f, std::vector<T> const& user, std::vector<T> const& item) {
    for (index_t u = 0; u != user.size(); ++u) model.of(user_id{u}).vector[f] = user[u];
    for (index_t i = 0; i != item.size(); ++i) model.of(item_id{i}).vector[f] = item[i];
  }
};

KINDRED_END
