// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_model.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/composed_checkpoint.hpp>
#include <kindred/factor/composed_fit.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/model_biases.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
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
// or whose model in the end, is not finite gives error{numeric}, naming the epoch, and the rating at which that was first seen, or
// the user and the item with the largest numbers. converged says that all epochs were run.
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
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <real T, executor E>
  [[nodiscard]] composed_checkpoint<T> begin(ratings<T> const& data, E& ex) const {
    return detail::begin_composed(*this, data, ex);
  }
  template <real T, executor E, class After>
  void advance(composed_checkpoint<T>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    detail::advance_composed(*this, training, data, more, ex, after, [&](auto& begun) {
      return detail::model_biases<T, Regularizer>(data, begun.model, bias);
    });
  }
  template <real T, executor E>
  [[nodiscard]] fitted<factor_model<T>> finish(composed_checkpoint<T> training, ratings<T> const& data, E& ex) const {
    return detail::finish_composed(*this, training, data, ex);
  }

  void check() const {
    check_factors(name, factors);
    check_settings(loss, vector, bias, rate, start);
  }

  // What the vectors of users are made of.
  static constexpr char const* name = "svdpp";
  static constexpr bool has_own = true;
  template <real T, executor E>
  [[nodiscard]] static bias_model<T> baseline_of(ratings<T> const&, E&) {
    return bias_model<T>(ratings<T>());
  }
  template <real T>
  [[nodiscard]] static index_t shared_rows(ratings<T> const& data) noexcept {
    return data.item_count();
  }
  template <real T>
  [[nodiscard]] static detail::shared_parts<T> parts_of(ratings<T> const& data, bias_model<T> const&) {
    return detail::parts_of_rated(data);
  }
};

KINDRED_END
