// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/factor/interaction_model.hpp>
#include <kindred/factor/machine_checkpoint.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/update_rows.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/example_batches.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>
#include <kindred/solve/row_scales.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Training of an interaction_model: see factorization_machine.
template <class Recipe, feature_rows Rows>
class machine_training {
  using T = value_t<Rows>;
  using loss_type = decltype(Recipe::loss);
  using rate_type = decltype(Recipe::rate);
  using model_type = interaction_model<T, loss_type>;
  using batches_type = example_batches<T>;
  static constexpr std::size_t remembered = [] {  // numbers, of each parameter
    if constexpr (parameter_schedule<rate_type, T>) return rate_type::memory;
    else return std::size_t{0};
  }();

public:
  machine_training(Recipe const& how, examples<Rows> const& data, machine_checkpoint<T, loss_type>& training)
      : how_(how),
        data_(data),
        model_(training.model),
        batches_(data, how.batch, how.seed),
        stride_(stride_of(model_)),
        together_(how.batch * stride_),
        change_(batches_.groups() * stride_),
        pull_(how.batch),
        memory_(training.memory),
        met_(counts(data)),
        weight_scale_(how.weight, model_.columns(), [&](index_t j) { return met_[j]; }),
        vector_scale_(how.vector, model_.columns(), [&](index_t j) { return met_[j]; }) {
    for (index_t r = 0; r != data.size(); ++r) total_weight_ += static_cast<double>(data.weight(r));
  }

  // Columns that no example uses keep their zeros: whatever they began at would be noise.
  void begin() {
    memory_.assign(memory_size(model_), T{0});
    for (index_t j = 0; j != model_.columns(); ++j)
      if (met_[j] != 0) how_.start(model_.of(j).vector.first(how_.factors), mix(how_.seed, 3), j);
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
  [[nodiscard]] static std::size_t stride_of(model_type const& model) noexcept {
    return padded_size<T>(model.factors());
  }

  // How many examples use each column.
  [[nodiscard]] static std::vector<index_t> counts(examples<Rows> const& data) {
    std::vector<index_t> met(data.columns(), 0);
    for (index_t r = 0; r != data.size(); ++r) for_each_feature(data.row(r), [&](index_t j, T) { ++met[j]; });
    return met;
  }

  // What an example says with the parameters as they are: leaves its slope, and the sum of its vectors. Returns its loss.
  double look_at(index_t r, std::size_t place) noexcept {
    T* const together = together_.data() + place * stride_;
    for (std::size_t f = 0; f != stride_; ++f) together[f] = 0;
    T margin = model_.intercept() + data_.offset(r);
    T alone = 0;
    for_each_feature(data_.row(r), [&](index_t j, T x) {
      auto const own = model_.of(j);
      margin += own.weight * x;
      kernel::axpy(x, own.vector.data(), together, stride_);
      alone += x * x * kernel::dot(own.vector.data(), own.vector.data(), stride_);
    });
    margin += (kernel::dot(together, together, stride_) - alone) / 2;
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
      std::size_t const first = k;
      T slope = 0;    // of the weight
      T squares = 0;  // what the vector itself is part of in the sums
      for (std::size_t f = 0; f != stride_; ++f) change[f] = 0;
      for (; k != uses.size() && uses[k].column == j; ++k) {
        T const pull = pull_[uses[k].place] * uses[k].value;
        slope += pull;
        squares += pull * uses[k].value;
        kernel::axpy(pull, together_.data() + uses[k].place * stride_, change, stride_);
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
  buffer<T> together_;  // of every example of a batch: the sum of x v
  buffer<T> change_;    // of the column that a group is at
  std::vector<T> pull_;
  std::vector<T>& memory_;
  std::vector<index_t> met_;
  row_scales<T> weight_scale_;
  row_scales<T> vector_scale_;
  double total_weight_ = 0;
};

}  // namespace detail

KINDRED_END
