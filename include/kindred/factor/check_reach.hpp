// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/solve/divergence.hpp>

#include <algorithm>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace detail {

// The user, or the item, with the largest numbers in a model.
template <real T, class Scale>
[[nodiscard]] index_t largest_user(factor_model<T, Scale> const& model) {
  return largest_of(model.users().rows(), [&](index_t u) {
    return (std::max)(largest_magnitude(model.users().row(u)), largest_magnitude(model.user_biases().subspan(u, 1)));
  });
}
template <real T, class Scale>
[[nodiscard]] index_t largest_item(factor_model<T, Scale> const& model) {
  return largest_of(model.items().rows(), [&](index_t i) {
    return (std::max)(largest_magnitude(model.items().row(i)), largest_magnitude(model.item_biases().subspan(i, 1)));
  });
}

template <real T, class Scale>
[[noreturn]] void raise_overflow_of(char const* recipe, factor_model<T, Scale> const& model, std::uint32_t sweep) {
  raise_overflow(recipe, sweep, largest_user(model), largest_item(model));
}

// What a training by descent asks of its model in the end: that all scores are finite. Throws error{numeric}.
template <real T, class Scale>
void check_reach(factor_model<T, Scale> const& model, std::uint32_t epoch) {
  if (!is_finite(static_cast<T>(model.reach()))) raise_left_large(epoch, largest_user(model), largest_item(model));
}

}  // namespace detail

KINDRED_END
