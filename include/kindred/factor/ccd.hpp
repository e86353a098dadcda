// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/rank_one_descent.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>

#include <cstddef>
#include <cstdint>
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
// sweep changed it by no more than `tolerance` of itself. Ratings so large that they overflow give error{numeric}.
template <class Regularizer = l2, class Initializer = normal_initializer>
struct ccd {
  static_assert(regularizer<Regularizer, detail::either<regularizer<Regularizer, double>>>, "ccd: not a regularizer");
  static_assert(!detail::of_rows<Regularizer>, "ccd: a penalty of whole vectors is for sgd");
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>, "ccd: not an initializer");

  index_t factors = 40;
  std::uint32_t sweeps = 20;
  Regularizer vector = detail::usually<Regularizer>(l2{.strength = 0.12});
  Regularizer bias = detail::usually<Regularizer>(l2{.strength = 0.05});
  double tolerance = 1e-4;
  Initializer start = {};
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires regularizer<Regularizer, T> && initializer<Initializer, T>
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    check_factors("ccd", factors);
    check_settings(vector, bias, start);
    check_not_negative("ccd: tolerance", tolerance);
    fitted<factor_model<T>> result{factor_model<T>(data.user_count(), data.item_count(), factors), {}};
    factor_model<T>& model = result.model;
    model.set_mean(mean_of(data));
    begin(data, model);

    detail::rank_one_descent<T> left(data);
    std::vector<T> const user_ones(data.user_count(), T{1}), item_ones(data.item_count(), T{1});
    left.take_off(ex, std::vector<T>(data.user_count(), model.mean()), item_ones);
    std::vector<T> user(data.user_count()), item(data.item_count());
    result.report.objective = left.objective(ex);
    result.report.converged = false;
    for (std::uint32_t sweep = 1; sweep <= sweeps; ++sweep) {
      biases(ex, model, left, user_ones, item_ones);
      for (index_t f = 0; f != factors; ++f) {
        column(model, f, user, item);
        // In the first sweep no factor was taken off yet, and none that is to come is in the way of this one.
        if (sweep == 1) left.take_off(ex, user, item);
        left.move_items(ex, item, user, chosen<T>(vector));
        left.move_users(ex, user, item, chosen<T>(vector));
        put(model, f, user, item);
      }
      double const before = result.report.objective;
      double const now = left.objective(ex);
      if (!is_finite(now) || !is_finite(static_cast<T>(model.reach())))
        raise(error(error_kind::numeric).at(sweep)
              << "ccd: ratings of this size overflow in sweep " << sweep << "; divide them all by one number");
      double const change = before < now ? now - before : before - now;
      result.report = {sweep, now, sweep > 1 && change <= tolerance * before};
      if (watch(progress{sweep, now}) == flow::stop || result.report.converged) break;
    }
    return result;
  }

private:
  // The minimum of curve (x - best)^2 / 2 + n penalty(x) is a proximal step of the rate n / curve.
  template <real T>
  [[nodiscard]] static auto chosen(Regularizer const& how) noexcept {
    return [&how](double best, double curve, std::size_t n) {
      return curve > 0 ? how.shrink(static_cast<T>(best), static_cast<T>(static_cast<double>(n) / curve)) : T{0};
    };
  }

  template <real T>
  void begin(ratings<T> const& data, factor_model<T>& model) const {
    auto const start_all = [&](auto id, index_t count, std::uint64_t stream) {
      for (index_t k = 0; k != count; ++k) {
        if (data.of(decltype(id){k}).empty()) continue;
        model.set_known(decltype(id){k});
        start(model.of(decltype(id){k}).vector.first(factors), mix(seed, stream), k);
      }
    };
    start_all(user_id{}, data.user_count(), 5);
    start_all(item_id{}, data.item_count(), 6);
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
