// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/column_fields.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/factor/field_interaction_model.hpp>
#include <kindred/factor/field_interaction_sums.hpp>
#include <kindred/factor/machine_checkpoint.hpp>
#include <kindred/factor/machine_training.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/schedule.hpp>

#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

// A field-aware factorization machine: a factorization_machine of which every column has a vector for each field that the other
// column of a pair may be of (see field_interaction_model; Juan, Zhuang, Chin and Lin, "Field-aware factorization machines for
// CTR prediction", 2016). Learns, by stochastic gradient descent,
//
//   mean over examples (x, y, c, o) of  c loss(o + margin(x), y), and the penalties: `weight` of weights, `vector` of vectors
//
//   kindred::field_aware_machine<kindred::logistic_loss> const how{.fields = fields, .factors = 4};
//
// For rows of a few fields of very many columns - a place, an ad, a device - whose pairs mean different things. It needs few factors,
// for each is of one pair of fields, and few epochs: with as many numbers as it has, it learns examples by heart soon, so hold some
// out and stop early. `fields` says which columns belong together, all columns of the examples; with one field for all it is the
// factorization_machine.
//
// Batches, penalties, schedules, resuming, determinism, the intercept and what the observer hears are those of
// factorization_machine, but for the schedule that is taken where none is said: adagrad, as in the paper.
//
// An epoch costs about 8 x fields x factors flops a value that is not zero, and 3 x fields^2 x factors an example; memory beside
// model and examples: batch x fields^2 x factors numbers. Throws what factorization_machine throws, error{shape} when the examples
// have columns that are of no field, and error{setting} when a column would have more than 65535 numbers.
template <class Loss = squared_loss, class Regularizer = l2, class Schedule = adagrad,
          class Initializer = normal_initializer>
struct field_aware_machine {
  static_assert(kindred::loss<Loss, detail::either<kindred::loss<Loss, double>>>, "field_aware_machine: not a loss");
  static_assert(regularizer<Regularizer, detail::either<regularizer<Regularizer, double>>>,
                "field_aware_machine: not a regularizer");
  static_assert(schedule<Schedule>, "field_aware_machine: not a schedule");
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>,
                "field_aware_machine: not an initializer");

  column_fields fields = {};
  index_t factors = 4;
  std::uint32_t epochs = 15;
  index_t batch = 64;  // 1 to 65536
  Loss loss = {};
  Regularizer weight = detail::usually<Regularizer>(l2{.strength = 0.005});
  Regularizer vector = detail::usually<Regularizer>(l2{.strength = 0.005});
  Schedule rate = {};
  Initializer start = {};
  std::uint64_t seed = 0;

  template <feature_rows Rows, executor E, observer O>
    requires kindred::loss<Loss, value_t<Rows>> && regularizer<Regularizer, value_t<Rows>> &&
             initializer<Initializer, value_t<Rows>>
  [[nodiscard]] fitted<field_interaction_model<value_t<Rows>, Loss>> fit(examples<Rows> const& data, E& ex,
                                                                         O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable).
  template <feature_rows Rows>
  [[nodiscard]] machine_checkpoint<value_t<Rows>, Loss, field_interaction_model<value_t<Rows>, Loss>> begin(
      examples<Rows> const& data) const {
    check(data);
    machine_checkpoint<value_t<Rows>, Loss, field_interaction_model<value_t<Rows>, Loss>> training{
        {fields, factors, loss}, {.converged = false}, rate(0), {}};
    machine<Rows>(*this, data, training).begin();
    return training;
  }
  template <feature_rows Rows, executor E, class After, class RaiseAt = detail::raise_at_example>
  void advance(machine_checkpoint<value_t<Rows>, Loss, field_interaction_model<value_t<Rows>, Loss>>& training,
               examples<Rows> const& data, std::uint32_t more, E& ex, After const& after,
               RaiseAt const& raise_at = {}) const {
    check(data);
    bool const right = training.model.grouped() == fields && training.model.factors() == factors;
    if (!right || training.memory.size() != machine<Rows>::memory_size(training.model))
      raise(error(error_kind::shape) << "field_aware_machine: what was begun is of other data, or of another recipe");
    detail::advance_machine<machine<Rows>>(*this, training, data, more, ex, after, raise_at);
  }

private:
  template <feature_rows Rows>
  using machine =
      detail::machine_training<field_aware_machine, Rows, detail::field_interaction_sums<value_t<Rows>, Loss>>;

  template <class Rows>
  void check(examples<Rows> const& data) const {
    std::size_t const numbers = std::size_t{fields.size()} * factors;
    if (numbers > 65535)
      raise(error(error_kind::setting) << "field_aware_machine: factors = " << factors << " for " << fields.size()
                                       << " fields; a column has at most 65535 numbers");
    check_settings(loss, weight, vector, rate, start);
    detail::check_machine("field_aware_machine", *this, data);
    if (data.columns() > fields.columns())
      raise(error(error_kind::shape) << "field_aware_machine: the examples have " << data.columns()
                                     << " columns, the fields " << fields.columns());
  }
};

KINDRED_END
