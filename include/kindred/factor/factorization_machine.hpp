// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/interaction_model.hpp>
#include <kindred/factor/interaction_sums.hpp>
#include <kindred/factor/machine_checkpoint.hpp>
#include <kindred/factor/machine_training.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/schedule.hpp>

#include <cstdint>

KINDRED_BEGIN

// A factorization machine of second order: every column of the features has a weight, and every two columns interact through
// their vectors (see interaction_model; Rendle, "Factorization machines", 2010). Learns, by stochastic gradient descent,
//
//   mean over examples (x, y, c, o) of  c loss(o + margin(x), y), and the penalties: `weight` of weights, `vector` of vectors
//
// from sparse rows of very many columns - users, items, words, all of them hashed, if you like - where a linear model would
// need a column for every pair. With one column for the user and one for the item it is biased matrix factorization.
//
//   auto const model = kindred::fit(kindred::factorization_machine<kindred::logistic_loss>{.factors = 8}, examples).model;
//
// `batch` examples are looked at before anything moves; then each column moves once, by the mean of what its examples in the
// batch ask, and pays its penalty. So a user or a word that one of them has moves as in plain descent (batch = 1), and
// a column that all of them have is no less stable. A column pays as often as it moves; frequency_scaled is told how many examples
// have it. Rates and initializers are policies, as in sgd; adagrad and adam keep one or two numbers more for each.
//
// An epoch costs about 8 x factors flops a value that is not zero. The same bits on any number of threads. The intercept begins at
// the mean label if that is the unit of the margin, else at 0, and is not penalized. The observer hears, after each epoch, the mean
// loss of the examples as they were met; converged says that all epochs were run. Throws error{setting}; error{data} without
// examples, or for a label that the loss does not take; error{numeric}, naming the epoch and the example, when the loss is not
// finite, or the column that has the largest number, when the model in the end can give margins that are not.
template <class Loss = squared_loss, class Regularizer = l2, class Schedule = inverse_rate,
          class Initializer = normal_initializer>
struct factorization_machine {
  static_assert(kindred::loss<Loss, detail::either<kindred::loss<Loss, double>>>, "factorization_machine: not a loss");
  static_assert(regularizer<Regularizer, detail::either<regularizer<Regularizer, double>>>,
                "factorization_machine: not a regularizer");
  static_assert(schedule<Schedule>, "factorization_machine: not a schedule");
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>,
                "factorization_machine: not an initializer");

  index_t factors = 16;
  std::uint32_t epochs = 30;
  index_t batch = 64;  // 1 to 65536
  Loss loss = {};
  Regularizer weight = detail::usually<Regularizer>(l2{.strength = 0.05});
  Regularizer vector = detail::usually<Regularizer>(l2{.strength = 0.1});
  Schedule rate = {};
  Initializer start = {};
  std::uint64_t seed = 0;

  template <feature_rows Rows, executor E, observer O>
    requires kindred::loss<Loss, value_t<Rows>> && regularizer<Regularizer, value_t<Rows>> &&
             initializer<Initializer, value_t<Rows>>
  [[nodiscard]] fitted<interaction_model<value_t<Rows>, Loss>> fit(examples<Rows> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable).
  template <feature_rows Rows>
  [[nodiscard]] machine_checkpoint<value_t<Rows>, Loss> begin(examples<Rows> const& data) const {
    check(data);
    machine_checkpoint<value_t<Rows>, Loss> training{
        {data.columns(), factors, loss}, {.converged = false}, rate(0), {}};
    machine<Rows>(*this, data, training).begin();
    return training;
  }
  template <feature_rows Rows, executor E, class After, class RaiseAt = detail::raise_at_example>
  void advance(machine_checkpoint<value_t<Rows>, Loss>& training, examples<Rows> const& data, std::uint32_t more, E& ex,
               After const& after, RaiseAt const& raise_at = {}) const {
    check(data);
    bool const right = training.model.columns() == data.columns() && training.model.factors() == factors;
    if (!right || training.memory.size() != machine<Rows>::memory_size(training.model))
      raise(error(error_kind::shape) << "factorization_machine: what was begun is of other data, or of another recipe");
    detail::advance_machine<machine<Rows>>(*this, training, data, more, ex, after, raise_at);
  }

private:
  template <feature_rows Rows>
  using machine = detail::machine_training<factorization_machine, Rows, detail::interaction_sums<value_t<Rows>, Loss>>;

  template <class Rows>
  void check(examples<Rows> const& data) const {
    check_factors("factorization_machine", factors);
    check_settings(loss, weight, vector, rate, start);
    detail::check_machine("factorization_machine", *this, data);
  }
};

KINDRED_END
