// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_als.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/begun_training.hpp>
#include <kindred/factor/check_reach.hpp>
#include <kindred/factor/descent_checkpoint.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/multiplicative_update.hpp>
#include <kindred/factor/nmf_model.hpp>
#include <kindred/factor/rank_one_descent.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// How nmf lowers its objective.
enum class nmf_update : std::uint8_t {
  coordinate,     // each number to its minimum, or to zero where that is negative: a few sweeps are enough
  multiplicative  // the rule of Lee and Seung: what is positive stays so; slow, the classic
};

// Non-negative matrix factorization of the ratings that are there. Minimizes, over p >= 0 and q >= 0,
//
//   sum over ratings (u, i, r, w) of  w (r - <p(u), q(i)>)^2 / 2 + strength (|p(u)|^2 + |q(i)|^2) / 2
//
// where strength is paid with every rating. coordinate is hierarchical alternating least squares, one factor at a time
// (Cichocki and Phan, "Fast local algorithms for large scale nonnegative matrix and tensor factorizations", 2009);
// multiplicative is Lee and Seung's rule for those entries that are known ("Algorithms for non-negative matrix
// factorization", 2001, with weights as Zhang, Wang, Ford and Makedon, 2006). Neither ever raises the objective.
//
// A sweep costs 14 x factors flops a rating (multiplicative 8), parallel over users and items, the same bits on any number of
// threads. The observer hears the mean loss after each sweep, without the penalty; converged says that the last sweep changed
// it by no more than `tolerance` of itself. Negative ratings give error{data}, ratings so large that they overflow error{numeric},
// naming the user or the item at whose step that was.
struct nmf {
  index_t factors = 30;
  std::uint32_t sweeps = 30;
  double strength = 0.11;
  double tolerance = 1e-4;
  nmf_update update = nmf_update::coordinate;
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<nmf_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable).
  template <real T, executor E>
  [[nodiscard]] descent_checkpoint<T, nmf_model<T>> begin(ratings<T> const& data, E& ex) const {
    check(data);
    silent quiet;
    auto biases = bias_als{}.fit(data, ex, quiet).model;
    factor_model<T> parts = started(data, static_cast<double>(biases.mean()));
    return {nmf_model<T>(std::move(parts), std::move(biases)), {.converged = false}, left_at_first(data)};
  }
  template <real T, executor E, class After>
  void advance(descent_checkpoint<T, nmf_model<T>>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    check(data);
    factor_model<T>& parts = training.model.parts();
    detail::check_training("nmf", parts, data, factors);
    if (update == nmf_update::coordinate) detail::check_residuals("nmf", training.left, data);
    detail::rank_one_descent<T> left(data, training.left);
    detail::run_rounds(training, more, sweeps, after, [&](fit_report const& before) {
      std::uint32_t const sweep = before.epochs + 1;
      double const now = update == nmf_update::coordinate ? descend(ex, left, parts, sweep)
                                                          : detail::multiply(ex, data, parts, strength, sweep);
      if (!is_finite(now) || !is_finite(static_cast<T>(parts.reach()))) detail::raise_overflow_of("nmf", parts, sweep);
      return fit_report{sweep, now, detail::rests(before, now, tolerance)};
    });
  }

private:
  // The multiplicative rule takes them from the ratings each time.
  template <real T>
  [[nodiscard]] detail::rating_residuals<T> left_at_first(ratings<T> const& data) const {
    return update == nmf_update::coordinate ? detail::rating_residuals<T>(data) : detail::rating_residuals<T>();
  }

  template <real T>
  void check(ratings<T> const& data) const {
    if (factors == 0 || factors > 65536)
      raise(error(error_kind::setting) << "nmf: factors = " << factors << "; there are 1 to 65536");
    check_not_negative("nmf: strength", strength);
    check_not_negative("nmf: tolerance", tolerance);
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k)
        if (row.value[k] < 0)
          raise(error(error_kind::data).at(u, row.index[k])
                << "nmf: user " << u << " rated item " << row.index[k] << " with " << row.value[k]
                << "; a sum of parts that take nothing away is never negative");
    }
  }

  // Random parts, such that a first prediction is about the mean of all ratings.
  template <real T>
  [[nodiscard]] factor_model<T> started(ratings<T> const& data, double mean) const {
    factor_model<T> parts(data.user_count(), data.item_count(), factors);
    double const size = std::sqrt(mean / factors);
    auto const start_all = [&](auto id, index_t count, std::uint64_t stream) {
      for (index_t k = 0; k != count; ++k) {
        if (data.of(decltype(id){k}).empty()) continue;
        parts.set_known(decltype(id){k});
        random_stream random(mix(seed, stream), k);
        for (T& x : parts.of(decltype(id){k}).vector.first(factors)) x = static_cast<T>(size * (0.5 + unit(random)));
      }
    };
    start_all(user_id{}, data.user_count(), 5);
    start_all(item_id{}, data.item_count(), 6);
    return parts;
  }

  template <real T, executor E>
  [[nodiscard]] double descend(E& ex, detail::rank_one_descent<T>& left, factor_model<T>& parts,
                               std::uint32_t sweep) const {
    auto const choose = [&](double best, double curve, std::size_t n) {
      double const x = curve > 0 ? best * curve / (curve + strength * static_cast<double>(n)) : 0.0;
      return x > 0 ? x : 0.0;
    };
    std::vector<T> user(parts.users().rows()), item(parts.items().rows());
    auto const column = [&](index_t f) {
      for (index_t u = 0; u != user.size(); ++u) user[u] = parts.of(user_id{u}).vector[f];
      for (index_t i = 0; i != item.size(); ++i) item[i] = parts.of(item_id{i}).vector[f];
    };
    if (sweep == 1)
      for (index_t f = 0; f != factors; ++f) {
        column(f);
        left.take_off(ex, user, item);
      }
    for (index_t f = 0; f != factors; ++f) {
      column(f);
      left.move_items(ex, item, user, choose);
      left.move_users(ex, user, item, choose);
      for (index_t u = 0; u != user.size(); ++u) parts.of(user_id{u}).vector[f] = user[u];
      for (index_t i = 0; i != item.size(); ++i) parts.of(item_id{i}).vector[f] = item[i];
    }
    left.check("nmf", sweep);
    return left.objective(ex);
  }
};

KINDRED_END
