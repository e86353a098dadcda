// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_model.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/solve/strata.hpp>

#include <cstdint>

KINDRED_BEGIN

// Trains a bias_model by stochastic gradient descent. Minimizes
//
//   sum over ratings (u, i, r, w) of  w loss(mean + b(u) + b(i), r) + shrinkage.penalty(b(u)) + shrinkage.penalty(b(i))
//
// For squared loss bias_als is exact and faster; this one takes any loss (absolute, Huber, logistic, yours). A rating
// without a weight has w = 1. Ratings are visited in strata, so the result is the same bits on any number of threads. The
// observer hears the mean loss of the ratings as they were met; a fit that diverges gives error{numeric}, naming the
// epoch and the rating. converged says that all epochs were run.
template <class Loss = squared_loss, class Regularizer = l2, class Schedule = inverse_rate>
struct bias_sgd {
  // Said here, where a policy is chosen, so that the compiler names what it lacks; fit would only not be found.
  static_assert(kindred::loss<Loss, detail::either<kindred::loss<Loss, double>>>, "bias_sgd: not a loss");
  static_assert(regularizer<Regularizer, detail::either<regularizer<Regularizer, double>>>,
                "bias_sgd: not a regularizer");
  static_assert(schedule<Schedule>, "bias_sgd: not a schedule");

  std::uint32_t epochs = 30;
  Loss loss = {};
  Regularizer shrinkage = {};
  Schedule rate = {};
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires kindred::loss<Loss, T> && regularizer<Regularizer, T> && schedule<Schedule>
  [[nodiscard]] fitted<bias_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    check_settings(loss, shrinkage, rate);
    fitted<bias_model<T>> result{bias_model<T>(data), {}};
    bias_model<T>& model = result.model;
    strata<T> const blocks(data, seed, ex, data.size());  // biases fit the caches
    for (std::uint32_t epoch = 0; epoch != epochs; ++epoch) {
      auto const step_size = static_cast<T>(rate(epoch));
      double const objective = blocks.pass(ex, epoch, [&](auto const& seen) {
        T& user = model.users()[seen.user];
        T& item = model.items()[seen.item];
        T const prediction = model.mean() + user + item;
        T const pull = step_size * seen.weight * loss.slope(prediction, seen.value);
        user = shrinkage.shrink(user - pull, step_size);
        item = shrinkage.shrink(item - pull, step_size);
        return static_cast<double>(seen.weight * loss.value(prediction, seen.value));
      });
      result.report = {epoch + 1, objective, epoch + 1 == epochs};
      if (watch(progress{epoch + 1, objective}) == flow::stop) break;
    }
    if (!is_finite(static_cast<T>(model.reach())))
      raise_left_large(result.report.epochs, model.largest_user(), model.largest_item());
    return result;
  }
};

KINDRED_END
