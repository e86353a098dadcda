// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/solve/row_scales.hpp>

KINDRED_BEGIN

namespace detail {

// The biases of a factor_model as composed_users learns them: mean + b(u) + b(i).
template <real T, class Regularizer>
class model_biases {
public:
  model_biases(ratings<T> const& data, factor_model<T>& model, Regularizer how)
      : model_(model),
        how_(how),
        user_scale_(how, data.user_count(), [&](index_t u) { return data.of(user_id{u}).size(); }),
        item_scale_(how, data.item_count(), [&](index_t i) { return data.of(item_id{i}).size(); }) {}

  template <class Entry>
  [[nodiscard]] T of(index_t u, Entry const& seen) const noexcept {
    return model_.mean() + model_.of(user_id{u}).bias + model_.of(item_id{seen.item}).bias;
  }
  template <class Entry>
  void move_user(index_t u, Entry const&, T pull, T rate) const noexcept {
    T& bias = model_.of(user_id{u}).bias;
    bias = how_.shrink(bias - pull, rate * user_scale_(u));
  }
  template <class Entry>
  void move_item(index_t, Entry const& seen, T pull, T rate) const noexcept {
    T& bias = model_.of(item_id{seen.item}).bias;
    bias = how_.shrink(bias - pull, rate * item_scale_(seen.item));
  }

private:
  factor_model<T>& model_;
  Regularizer how_;
  row_scales<T> user_scale_;
  row_scales<T> item_scale_;
};

}  // namespace detail

KINDRED_END
