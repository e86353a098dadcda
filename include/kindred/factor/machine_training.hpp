// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/factor/machine_checkpoint.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/prefetch.hpp>
#include <kindred/kernel/update_rows.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/example_batches.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>
#include <kindred/solve/row_scales.hpp>
#include <kindred/solve/schedule.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Training of an interaction_model, or of a field_interaction_model: see factorization_machine and field_aware_machine.
//
// What a column asks of its vector is, summed over examples, pull x (what it meets - its own part of that). A vector of a machine
// without fields meets the sum of all vectors of the example. With fields, a row of vectors of a column of field a meets a row of
// sums, of which there is one for each field that an example may have a column of: its part b is the sum, over the columns of field
// b, of the vectors that they have for field a.
template <class Recipe, feature_rows Rows, class Model>
class machine_training {
  using T = value_t<Rows>;
  using loss_type = decltype(Recipe::loss);
  using rate_type = decltype(Recipe::rate);
  using model_type = Model;
  static constexpr bool fielded = requires(Model const& m) { m.grouped(); };
  using batches_type = example_batches<T>;
  static constexpr std::size_t remembered = [] {  // numbers, of each parameter
    if constexpr (parameter_schedule<rate_type, T>) return rate_type::memory;
    else return std::size_t{0};
  }();

public:
  machine_training(Recipe const& how, examples<Rows> const& data,
                   machine_checkpoint<T, loss_type, model_type>& training)
      : how_(how),
        data_(data),
        model_(training.model),
        batches_(data, how.batch, how.seed),
        stride_(stride_of(model_)),
        together_(how.batch * fields_of(model_) * stride_),
        change_(batches_.groups() * stride_),
        pull_(how.batch),
        memory_(training.memory),
        met_(counts(data, model_.columns())),
        weight_scale_(how.weight, model_.columns(), [&](index_t j) { return met_[j]; }),
        vector_scale_(how.vector, model_.columns(), [&](index_t j) { return met_[j]; }) {
    for (index_t r = 0; r != data.size(); ++r) total_weight_ += static_cast<double>(data.weight(r));
  }

  // Columns that no example uses keep their zeros: whatever they began at would be noise.
  void begin() {
    memory_.assign(memory_size(model_), T{0});
    for (index_t j = 0; j != model_.columns(); ++j)
      if (met_[j] != 0) how_.start(model_.of(j).vector.first(numbers_of(model_)), mix(how_.seed, 3), j);
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

  // One epoch; returns the mean loss of the examples as they were met. Throws error{numeric} when it is not finite.
  template <executor E>
  double pass(E& ex, std::uint32_t epoch, T rate) {
    double sum = 0;
    for (std::size_t const b : batches_.in_order(epoch)) {
      auto const rows = batches_.rows(b);
      sum += reduce_chunks<double>(ex, rows.size(), 8, [&](std::size_t first, std::size_t last) {
        double part = 0;
        for (std::size_t k = first; k != last; ++k) fetch(rows[k]);
        for (std::size_t k = first; k != last; ++k) part += look_at(rows[k], k);
        return part;
      });
      ex.bulk(batches_.groups(), [&](std::size_t g) { move_columns(b, g, rate); });
      move_intercept(rows.size(), rate);
    }
    double const mean = sum / total_weight_;
    if (!is_finite(mean)) raise_diverged(epoch + 1);
    return mean;
  }

private:
  [[nodiscard]] static std::size_t fields_of(model_type const& model) noexcept {
    if constexpr (fielded) return model.grouped().size();
    else return 1;
  }
  [[nodiscard]] std::size_t field_of([[maybe_unused]] index_t column) const noexcept {
    if constexpr (fielded) return model_.grouped().of(column);
    else return 0;
  }
  [[nodiscard]] static std::size_t numbers_of(model_type const& model) noexcept {
    return fields_of(model) * model.factors();
  }
  [[nodiscard]] static std::size_t stride_of(model_type const& model) noexcept {
    return padded_size<T>(numbers_of(model));
  }

  // How many examples use each column.
  [[nodiscard]] static std::vector<index_t> counts(examples<Rows> const& data, index_t columns) {
    std::vector<index_t> met(columns, 0);
    for (index_t r = 0; r != data.size(); ++r) for_each_feature(data.row(r), [&](index_t j, T) { ++met[j]; });
    return met;
  }

  // Asks for an example before its turn: those of a batch lie here and there.
  void fetch(index_t r) const noexcept {
    auto const all_of = [](auto numbers) {
      if (numbers.empty()) return;
      kernel::prefetch(numbers.data(), numbers.size());
      kernel::prefetch(&numbers.back());  // a row may end in the line after
    };
    auto const row = data_.row(r);
    if constexpr (requires { row.index; }) {
      all_of(row.index);
      all_of(row.value);
    } else {
      all_of(row);
    }
    kernel::prefetch(&data_.labels()[r]);
  }

  // What an example says with the parameters as they are: leaves its slope, and the sums that its vectors meet. Returns its loss.
  double look_at(index_t r, std::size_t place) noexcept {
    T margin = model_.intercept() + data_.offset(r);
    if constexpr (fielded) margin = meet_by_field(data_.row(r), place, margin);
    else margin = meet(data_.row(r), place, margin);
    T const weight = data_.weight(r);
    pull_[place] = weight * how_.loss.slope(margin, data_.label(r));
    return static_cast<double>(weight) * static_cast<double>(how_.loss.value(margin, data_.label(r)));
  }

  // Both add to a margin what the row says.
  template <class Row>
  T meet(Row row, std::size_t place, T margin) noexcept {
    T* const together = together_.data() + place * stride_;
    for (std::size_t f = 0; f != stride_; ++f) together[f] = 0;
    T alone = 0;
    for_each_feature(row, [&](index_t j, T x) {
      auto const own = model_.of(j);
      margin += own.weight * x;
      kernel::axpy(x, own.vector.data(), together, stride_);
      alone += x * x * kernel::dot(own.vector.data(), own.vector.data(), stride_);
    });
    return margin + (kernel::dot(together, together, stride_) - alone) / 2;
  }

  // Vectors of fields are short, a handful of numbers: a loop of known length is twice as fast.
  template <class Row>
  T meet_by_field(Row row, std::size_t place, T margin) noexcept {
    switch (model_.factors()) {
      case 2:
        return meet_by_field(row, place, margin, std::integral_constant<std::size_t, 2>{});
      case 4:
        return meet_by_field(row, place, margin, std::integral_constant<std::size_t, 4>{});
      case 8:
        return meet_by_field(row, place, margin, std::integral_constant<std::size_t, 8>{});
      default:
        return meet_by_field(row, place, margin, std::size_t{model_.factors()});
    }
  }
  template <class Row, class Count>
  T meet_by_field(Row row, std::size_t place, T margin, Count factors) noexcept {
    std::size_t const fields = fields_of(model_);
    T* const sums = together_.data() + place * fields * stride_;
    for (std::size_t f = 0; f != fields * stride_; ++f) sums[f] = 0;
    T alone = 0;
    index_t field = 0;
    for_each_feature(row, [&](index_t j, T x) {
      while (j >= model_.grouped().first(field + 1)) ++field;
      auto const own = model_.of(j);
      margin += own.weight * x;
      T const* v = own.vector.data();
      T* into = sums + field * factors;
      for (std::size_t a = 0; a != fields; ++a, v += factors, into += stride_)
        for (std::size_t f = 0; f != factors; ++f) into[f] += x * v[f];
      v = own.vector.data() + field * factors;
      alone += x * x * product(v, v, factors);
    });
    T pairs = 0, within = 0;
    for (std::size_t a = 0; a != fields; ++a) {
      T const* const own = sums + a * stride_ + a * factors;
      within += product(own, own, factors);
      for (std::size_t b = a + 1; b != fields; ++b)
        pairs += product(sums + a * stride_ + b * factors, sums + b * stride_ + a * factors, factors);
    }
    return margin + pairs + (within - alone) / 2;
  }
  template <class Count>
  [[nodiscard]] static T product(T const* x, T const* y, Count n) noexcept {
    T sum = 0;
    for (std::size_t f = 0; f != n; ++f) sum += x[f] * y[f];
    return sum;
  }

  void move_columns(std::size_t batch, std::size_t group, T rate) noexcept {
    auto const uses = batches_.uses(batch, group);
    T* const change = change_.data() + group * stride_;
    for (std::size_t k = 0; k != uses.size();) {
      index_t const j = uses[k].column;
      auto const own = model_.of(j);
      std::size_t const field = field_of(j), first = k;
      T slope = 0;    // of the weight
      T squares = 0;  // what the vector itself is part of in the sums
      for (std::size_t f = 0; f != stride_; ++f) change[f] = 0;
      for (; k != uses.size() && uses[k].column == j; ++k) {
        T const pull = pull_[uses[k].place] * uses[k].value;
        slope += pull;
        squares += pull * uses[k].value;
        T const* const met = together_.data() + (uses[k].place * fields_of(model_) + field) * stride_;
        kernel::axpy(pull, met, change, stride_);
      }
      if constexpr (fielded) {  // only the vector for the column's own field meets itself
        std::size_t const from = field * model_.factors();
        for (std::size_t f = from; f != from + model_.factors(); ++f) change[f] -= squares * own.vector[f];
        squares = 0;
      }
      T const share = T{1} / static_cast<T>(k - first);
      T* const memory = memory_.data() + remembered * (std::size_t{j} * (stride_ + 1));
      move_number(own.weight, slope * share, rate, memory, how_.weight, rate * weight_scale_(j));
      move_vector(own.vector.data(), change, share, squares, rate, rate * vector_scale_(j), memory + remembered);
    }
  }

  void move_intercept(std::size_t count, T rate) noexcept {
    T slope = 0;
    for (std::size_t k = 0; k != count; ++k) slope += pull_[k];
    T intercept = model_.intercept();
    move_number(intercept, slope / static_cast<T>(count), rate, memory_.data() + memory_.size() - remembered,
                unregularized{}, T{0});
    model_.set_intercept(intercept);
  }

  template <class Regularizer>
  void move_number(T& x, T slope, T rate, [[maybe_unused]] T* memory, Regularizer const& r,
                   T shrinking) const noexcept {
    if constexpr (remembered != 0) {
      std::array<T, remembered> seen;
      for (std::size_t m = 0; m != remembered; ++m) seen[m] = memory[m];
      x = r.shrink(x - how_.rate.move(slope, rate, seen), shrinking);
      for (std::size_t m = 0; m != remembered; ++m) memory[m] = seen[m];
    } else {
      x = r.shrink(x - rate * slope, shrinking);
    }
  }

  // v -= rate share (change - squares v), by the schedule; then the proximal step.
  void move_vector(T* v, T const* change, T share, T squares, T rate, T shrinking, T* memory) const noexcept {
    auto const slope = [&]<class V>(V from, V own) { return V(V(share) * V(from - V(squares) * own)); };
    auto const each = by_number(how_.vector);
    if constexpr (remembered == 0) {
      auto const move = [&]<class V>(V from, V own)
        requires shrinks<number_part<decltype(Recipe::vector)>, V, T>
      { return std::array<V, 1>{each.shrink(V(own - V(rate) * slope(from, own)), shrinking)}; };
      kernel::update_rows(stride_, move, change, v);
    } else if constexpr (remembered == 1) {
      auto const move = [&]<class V>(V from, V own, V a)
        requires shrinks<number_part<decltype(Recipe::vector)>, V, T>
      {
        std::array<V, 1> seen{a};
        V const step = how_.rate.move(slope(from, own), rate, seen);
        return std::array<V, 2>{each.shrink(V(own - step), shrinking), seen[0]};
      };
      kernel::update_rows(stride_, move, change, v, memory);
    } else {
      for (std::size_t f = 0; f != stride_; ++f)
        move_number(v[f], slope(change[f], v[f]), rate, memory + f * remembered, each, shrinking);
    }
    shrink_whole(how_.vector, std::span<T>(v, stride_), shrinking);
  }

  Recipe const& how_;
  examples<Rows> const& data_;
  model_type& model_;
  batches_type batches_;
  std::size_t stride_;
  buffer<T> together_;  // of every example of a batch: the sums that vectors meet
  buffer<T> change_;    // of the column that a group is at
  std::vector<T> pull_;
  std::vector<T>& memory_;
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

// The rounds of a machine, of which what was begun has been looked at.
template <class Machine, class Recipe, class Training, class Rows, executor E, class After>
void advance_machine(Recipe const& how, Training& training, examples<Rows> const& data, std::uint32_t more, E& ex,
                     After const& after) {
  Machine work(how, data, training);
  run_epochs(training, more, how.epochs, after, [&](std::uint32_t epoch, double before) {
    double const now = work.pass(ex, epoch, static_cast<value_t<Rows>>(training.rate));
    training.rate = rate_after(how.rate, epoch + 1, training.rate, before, now);
    return now;
  });
  if (!training.model.finite()) raise_diverged(training.report.epochs);
}

}  // namespace detail

KINDRED_END
