// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/factor/interaction_model.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/solve/example_batches.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// What the vectors of an interaction_model meet in the examples of a batch: the sum of all vectors of the example. What a column
// asks of its vector is, summed over examples, pull x (what it meets - its own part of that).
template <real T, class Loss>
class interaction_sums {
public:
  using model_type = interaction_model<T, Loss>;

  interaction_sums(model_type& model, index_t examples)
      : model_(model), stride_(padded_size<T>(numbers_of(model))), together_(examples * stride_) {}

  // The numbers of a column's vector, without the zeros behind them.
  [[nodiscard]] static std::size_t numbers_of(model_type const& model) noexcept { return model.factors(); }

  // Adds to a margin what a row says, and keeps what its vectors meet for the example at a place of the batch.
  template <class Row>
  [[nodiscard]] T meet(Row row, std::size_t place, T margin) noexcept {
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

  // What columns of a field meet in the example at a place: here all columns are of one.
  [[nodiscard]] static std::size_t field_of(index_t) noexcept { return 0; }
  [[nodiscard]] T const* met(std::size_t place, std::size_t) const noexcept {
    return together_.data() + place * stride_;
  }
  // Takes what a vector itself is part of, `squares` times it, from what it asks - or returns what is left to take, of all of it.
  [[nodiscard]] static T less_own(std::span<T const>, std::size_t, T squares, T*) noexcept { return squares; }

private:
  model_type& model_;
  std::size_t stride_;
  buffer<T> together_;  // of every example of the batch
};

}  // namespace detail

KINDRED_END
