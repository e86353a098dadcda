// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/solve/row_scales.hpp>

KINDRED_BEGIN

namespace detail {

// How much more or less each row of a factorization pays: 1, but for regularizers that ask for counts.
template <real T>
struct rating_scales {
  row_scales<T> user_vector, item_vector, user_bias, item_bias;

  template <class Regularizer>
  rating_scales(ratings<T> const& data, Regularizer const& vector, Regularizer const& bias)
      : user_vector(of_users(data, vector)),
        item_vector(of_items(data, vector)),
        user_bias(of_users(data, bias)),
        item_bias(of_items(data, bias)) {}

private:
  template <class Regularizer>
  static row_scales<T> of_users(ratings<T> const& data, Regularizer const& how) {
    return {how, data.user_count(), [&](index_t u) { return data.of(user_id{u}).size(); }};
  }
  template <class Regularizer>
  static row_scales<T> of_items(ratings<T> const& data, Regularizer const& how) {
    return {how, data.item_count(), [&](index_t i) { return data.of(item_id{i}).size(); }};
  }
};

}  // namespace detail

KINDRED_END
