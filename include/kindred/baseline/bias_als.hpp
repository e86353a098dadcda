// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_model.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/solve/divergence.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Trains a bias_model by alternating least squares. Minimizes, with w = 1 where ratings have no weights,
//
//   sum over ratings (u, i, r, w) of  w (r - mean - b(u) - b(i))^2  +  user_damping sum b(u)^2  +  item_damping sum b(i)^2
//
// where mean is the weighted mean of all ratings: a weight counts like so many ratings of weight one.
//
// Each sweep solves for all items with the users held, then for all users with the items held; each such solution is a
// damped mean of residuals, exact, and never raises the objective. O(ratings) a sweep, parallel over rows, the same bits
// on any number of threads. The observer hears the objective after each sweep; converged means that the last sweep
// lowered it by no more than `tolerance` of itself. Ratings so large that they overflow give error{numeric}.
struct bias_als {
  double user_damping = 5;  // as many ratings of exactly average generosity as everyone is given for a start
  double item_damping = 2;
  std::uint32_t sweeps = 50;
  double tolerance = 1e-5;

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<bias_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    check_not_negative("bias_als: user_damping", user_damping);
    check_not_negative("bias_als: item_damping", item_damping);
    check_not_negative("bias_als: tolerance", tolerance);
    fitted<bias_model<T>> result{bias_model<T>(data), {.converged = false}};
    bias_model<T>& model = result.model;
    double before = 0;
    for (std::uint32_t sweep = 1; sweep <= sweeps; ++sweep) {
      solve<item_id>(ex, data, data.by_item(), item_damping, model.mean(), model.users(), model.items());
      solve<user_id>(ex, data, data.by_user(), user_damping, model.mean(), model.items(), model.users());
      double const now = objective(ex, data, model);
      if (!is_finite(now) || !is_finite(static_cast<T>(model.reach())))
        raise_overflow("bias_als", sweep, model.largest_user(), model.largest_item());
      result.report = {sweep, now, sweep > 1 && before - now <= tolerance * before};
      if (watch(progress{sweep, now}) == flow::stop || result.report.converged) break;
      before = now;
    }
    return result;
  }

private:
  static constexpr std::size_t grain = 256;  // rows a task

  template <entity_id Id, real T, executor E>
  static void solve(E& ex, ratings<T> const& data, csr_view<T> rows, double damping, T mean, std::span<T> other,
                    std::span<T> bias) {
    for_chunks(ex, rows.rows(), grain, [&](std::size_t first, std::size_t last) {
      for (std::size_t r = first; r != last; ++r) {
        auto const row = rows.row(static_cast<index_t>(r));
        auto const weight = data.weights(Id{static_cast<index_t>(r)});
        double sum = 0;
        double total = damping;
        for (std::size_t k = 0; k != row.size(); ++k) {
          double const w = weight.empty() ? 1.0 : static_cast<double>(weight[k]);
          sum += w * (static_cast<double>(row.value[k]) - static_cast<double>(mean) -
                      static_cast<double>(other[row.index[k]]));
          total += w;
        }
        bias[r] = row.empty() ? T{0} : static_cast<T>(sum / total);
      }
    });
  }

  template <real T, executor E>
  [[nodiscard]] double objective(E& ex, ratings<T> const& data, bias_model<T>& model) const {
    auto const square = [](T x) { return static_cast<double>(x) * static_cast<double>(x); };
    auto const penalty = [&](std::span<T> bias, double damping) {
      return damping * reduce_chunks<double>(ex, bias.size(), grain, [&](std::size_t first, std::size_t last) {
               double sum = 0;
               for (std::size_t k = first; k != last; ++k) sum += square(bias[k]);
               return sum;
             });
    };
    auto const misfit = [&](std::size_t first, std::size_t last) {
      double sum = 0;
      for (std::size_t u = first; u != last; ++u) {
        user_id const user{static_cast<index_t>(u)};
        auto const row = data.of(user);
        auto const weight = data.weights(user);
        for (std::size_t k = 0; k != row.size(); ++k)
          sum += (weight.empty() ? 1.0 : static_cast<double>(weight[k])) *
                 square(row.value[k] - model.mean() - model.bias(user) - model.bias(item_id{row.index[k]}));
      }
      return sum;
    };
    return reduce_chunks<double>(ex, data.user_count(), grain, misfit) + penalty(model.users(), user_damping) +
           penalty(model.items(), item_damping);
  }
};

KINDRED_END
