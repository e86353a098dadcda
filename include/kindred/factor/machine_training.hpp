// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/factor/machine_checkpoint.hpp>
#include <kindred/factor/machine_step.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/example_batches.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_scales.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/solve/step_sum.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Training of the model of a factorization_machine or a field_aware_machine, whose vectors meet what Sums keep: batch by batch, in
// which examples are looked at first, and columns moved then.
template <class Recipe, feature_rows Rows, class Sums>
class machine_training {
  using T = value_t<Rows>;
  using loss_type = decltype(Recipe::loss);
  using model_type = typename Sums::model_type;
  using step_type = machine_step<Recipe, T>;
  static constexpr std::size_t remembered = step_type::remembered;

public:
  machine_training(Recipe const& how, examples<Rows> const& data,
                   machine_checkpoint<T, loss_type, model_type>& training)
      : how_(how),
        data_(data),
        model_(training.model),
        batches_(data, how.batch, how.seed),
        stride_(stride_of(model_)),
        sums_(model_, how.batch),
        change_(batches_.groups() * stride_),
        pull_(how.batch),
        memory_(training.memory),
        step_(how),
        met_(counts(data, model_.columns())),
        weight_scale_(how.weight, model_.columns(), [&](index_t j) { return met_[j]; }),
        vector_scale_(how.vector, model_.columns(), [&](index_t j) { return met_[j]; }) {
    for (index_t r = 0; r != data.size(); ++r) total_weight_ += static_cast<double>(data.weight(r));
  }

  // Columns that no example uses keep their zeros: whatever they began at would be noise.
  void begin() {
    memory_.assign(memory_size(model_), T{0});
    for (index_t j = 0; j != model_.columns(); ++j)
      if (met_[j] != 0) how_.start(model_.of(j).vector.first(Sums::numbers_of(model_)), mix(how_.seed, 3), j);
    if constexpr (!requires(loss_type const& l, T x) { l.mean(x); }) {
      double sum = 0;
      for (index_t r = 0; r != data_.size(); ++r)
        sum += static_cast<double>(data_.weight(r)) *
               (static_cast<double>(data_.label(r)) - static_cast<double>(data_.offset(r)));
      model_.set_intercept(static_cast<T>(sum / total_weight_));
    }
  }
  // How much has to be remembered beside a model.
  [[nodiscard]] static std::size_t memory_size(model_type const& model) noexcept {
    return remembered * (std::size_t{model.columns()} * (stride_of(model) + 1) + 1);
  }

  // One epoch; returns the mean loss of the examples as they were met. When it is not finite, calls raise_at(epoch, row), counted from
  // one, of the first example that was not.
  template <executor E, class RaiseAt>
  double pass(E& ex, std::uint32_t epoch, T rate, RaiseAt const& raise_at) {
    double sum = 0;
    for (std::size_t const b : batches_.in_order(epoch)) {
      auto const rows = batches_.rows(b);
      auto const [met, wrong] = reduce_chunks<step_sum>(ex, rows.size(), 8, [&](std::size_t first, std::size_t last) {
        for (std::size_t k = first; k != last; ++k) fetch_example(data_, rows[k]);
        return take_steps(first, last, [&](std::size_t k) { return look_at(rows[k], k); });
      });
      if (wrong != step_sum::none) raise_at(epoch + 1, rows[wrong]);
      sum += met;
      ex.bulk(batches_.groups(), [&](std::size_t g) { move_columns(b, g, rate); });
      move_intercept(rows.size(), rate);
    }
    double const mean = sum / total_weight_;
    if (!is_finite(mean)) raise_diverged(epoch + 1);
    return mean;
  }

private:
  [[nodiscard]] static std::size_t stride_of(model_type const& model) noexcept {
    return padded_size<T>(Sums::numbers_of(model));
  }

  // How many examples use each column.
  [[nodiscard]] static std::vector<index_t> counts(examples<Rows> const& data, index_t columns) {
    std::vector<index_t> met(columns, 0);
    for (index_t r = 0; r != data.size(); ++r) for_each_feature(data.row(r), [&](index_t j, T) { ++met[j]; });
    return met;
  }

  // What an example says with the parameters as they are: leaves its slope, and the sums that its vectors meet. Returns its loss.
  double look_at(index_t r, std::size_t place) noexcept {
    T const margin = sums_.meet(data_.row(r), place, model_.intercept() + data_.offset(r));
    T const weight = data_.weight(r);
    pull_[place] = weight * how_.loss.slope(margin, data_.label(r));
    return static_cast<double>(weight) * static_cast<double>(how_.loss.value(margin, data_.label(r)));
  }

  void move_columns(std::size_t batch, std::size_t group, T rate) noexcept {
    auto const uses = batches_.uses(batch, group);
    T* const change = change_.data() + group * stride_;
    for (std::size_t k = 0; k != uses.size();) {
      index_t const j = uses[k].column;
      auto const own = model_.of(j);
      std::size_t const field = sums_.field_of(j), first = k;
      T slope = 0;    // of the weight
      T squares = 0;  // what the vector itself is part of in the sums
      for (std::size_t f = 0; f != stride_; ++f) change[f] = 0;
      for (; k != uses.size() && uses[k].column == j; ++k) {
        T const pull = pull_[uses[k].place] * uses[k].value;
        slope += pull;
        squares += pull * uses[k].value;
        kernel::axpy(pull, sums_.met(uses[k].place, field), change, stride_);
      }
      squares = sums_.less_own(own.vector, field, squares, change);
      T const share = T{1} / static_cast<T>(k - first);
      T* const memory = memory_.data() + remembered * (std::size_t{j} * (stride_ + 1));
      step_.move_number(own.weight, slope * share, rate, memory, how_.weight, rate * weight_scale_(j));
      step_.move_vector(own.vector, change, share, squares, rate, rate * vector_scale_(j), memory + remembered);
    }
  }

  void move_intercept(std::size_t count, T rate) noexcept {
    T slope = 0;
    for (std::size_t k = 0; k != count; ++k) slope += pull_[k];
    T intercept = model_.intercept();
    step_.move_number(intercept, slope / static_cast<T>(count), rate, memory_.data() + memory_.size() - remembered,
                      unregularized{}, T{0});
    model_.set_intercept(intercept);
  }

  Recipe const& how_;
  examples<Rows> const& data_;
  model_type& model_;
  example_batches<T> batches_;
  std::size_t stride_;
  Sums sums_;         // what the vectors of a batch meet
  buffer<T> change_;  // of the column that a group is at
  std::vector<T> pull_;
  std::vector<T>& memory_;
  step_type step_;
  std::vector<index_t> met_;
  row_scales<T> weight_scale_;
  row_scales<T> vector_scale_;
  double total_weight_ = 0;
};

// What machines ask beside the settings of their policies.
template <class Recipe, class Rows>
void check_machine(char const* name, Recipe const& how, examples<Rows> const& data) {
  if (how.batch < 1 || how.batch > 65536)
    raise(error(error_kind::setting) << name << ": batch = " << how.batch << "; it goes from 1 to 65536");
  if (data.empty()) raise(error(error_kind::data) << name << ": there are no examples to learn from");
  for (index_t r = 0; r != data.size(); ++r)
    if (!accepts_label(how.loss, static_cast<double>(data.label(r))))
      raise(error(error_kind::data).at(r)
            << name << ": the label " << data.label(r) << " of row " << r << " is none that the loss takes");
}

// How a machine that runs away names the example, when nobody knows better what that is.
struct raise_at_example {
  [[noreturn]] void operator()(std::uint32_t epoch, index_t row) const { raise_diverged_at_example(epoch, row); }
};

// The rounds of a machine, of which what was begun has been looked at.
template <class Machine, class Recipe, class Training, class Rows, executor E, class After, class RaiseAt>
void advance_machine(Recipe const& how, Training& training, examples<Rows> const& data, std::uint32_t more, E& ex,
                     After const& after, RaiseAt const& raise_at) {
  Machine work(how, data, training);
  run_epochs(training, more, how.epochs, after, [&](std::uint32_t epoch, double before) {
    double const now = work.pass(ex, epoch, static_cast<value_t<Rows>>(training.rate), raise_at);
    training.rate = rate_after(how.rate, epoch + 1, training.rate, before, now);
    return now;
  });
  if (!is_finite(static_cast<value_t<Rows>>(training.model.reach())))
    raise_left_large(training.report.epochs, training.model.largest_column());
}

}  // namespace detail

KINDRED_END
