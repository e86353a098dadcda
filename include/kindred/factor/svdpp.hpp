// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/composed_users.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/model_biases.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/solve/shared_parts.hpp>

#include <cstdint>

KINDRED_BEGIN

// SVD++: what a user has rated tells about taste, whatever the ratings say. Predicts
//
//   mean + b(u) + b(i) + <p(u) + |N(u)|^(-1/2) sum over j in N(u) of y(j), q(i)>,     N(u) the items that u has rated
//
// (Koren, "Factorization meets the neighborhood", 2008, equation 15), by stochastic gradient descent on the loss of every
// rating plus the penalties of what it touches: b, p and q are paid for with every rating, y(j) with every user who rated j.
// The model is a factor_model: the vectors of its users are the sums p(u) + ..., so that it scores, stores and is searched
// like any other. A rating without a weight has w = 1.
//
// The gradient of y is added up over the ratings of a user and applied once, so that an epoch costs 18 x factors flops a
// rating and not |N(u)| times as much. Users are learned from 64 at a time (see user_batches): the same bits on any
// number of threads. The observer hears, after each epoch, the mean loss of the ratings as they were met. A fit whose loss,
// or whose model in the end, is not finite gives error{numeric}, naming the epoch. converged says that all epochs were run.
template <class Loss = squared_loss, class Regularizer = l2, class Schedule = inverse_rate,
          class Initializer = normal_initializer>
struct svdpp {
  // Said here, where a policy is chosen, so that the compiler names what it lacks; fit would only not be found.
  static_assert(kindred::loss<Loss, detail::either<kindred::loss<Loss, double>>>, "svdpp: not a loss");
  static_assert(regularizer<Regularizer, detail::either<regularizer<Regularizer, double>>>, "svdpp: not a regularizer");
  static_assert(!detail::of_rows<Regularizer>, "svdpp: a penalty of whole vectors is for sgd");
  static_assert(schedule<Schedule>, "svdpp: not a schedule");
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>,
                "svdpp: not an initializer");

  index_t factors = 40;
  std::uint32_t epochs = 25;
  Loss loss = {};
  Regularizer vector = detail::usually<Regularizer>(l2{.strength = 0.1});
  Regularizer bias = detail::usually<Regularizer>(l2{.strength = 0.02});
  Schedule rate = detail::usually<Schedule>(inverse_rate{.rate = 0.01, .decay = 0.05});
  Initializer start = detail::usually<Initializer>(normal_initializer{.deviation = 0.05});
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires kindred::loss<Loss, T> && regularizer<Regularizer, T> && schedule<Schedule> && initializer<Initializer, T>
  [[nodiscard]] fitted<factor_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return fit_with(data, ex, watch, biases_of(data));
  }

  // What fit_with asks for: the biases of the model, and nothing else.
  template <real T>
  [[nodiscard]] auto biases_of(ratings<T> const& data) const {
    return [&](factor_model<T>& model) { return detail::model_biases<T, Regularizer>(data, model, bias); };
  }

  // The same with other terms beside the vectors and more parts of users: biases_of(model) makes what composed_users asks
  // for. For time_aware and with_friends.
  template <real T, executor E, observer O, class BiasesOf>
  [[nodiscard]] fitted<factor_model<T>> fit_with(ratings<T> const& data, E& ex, O& watch, BiasesOf const& biases_of,
                                                 detail::shared_parts<T> const& more = {}) const {
    check_factors("svdpp", factors);
    check_settings(loss, vector, bias, rate, start);
    fitted<factor_model<T>> result{factor_model<T>(data.user_count(), data.item_count(), factors), {}};
    result.model.set_mean(mean_of(data));
    detail::composed_users<T, Loss, Regularizer> training(data, joined(detail::parts_of_rated(data), more),
                                                          result.model, true, loss, vector, start, seed);
    auto&& biases = biases_of(result.model);
    result.report = training.run(ex, watch, epochs, rate, biases);
    return result;
  }
};

KINDRED_END
