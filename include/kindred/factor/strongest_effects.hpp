// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/factor/interaction_model.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/solve/example_batches.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>

KINDRED_BEGIN

// What one column, or two together, added to a margin.
template <real T>
struct interaction_effect {
  index_t column;
  index_t other;  // the column itself where it is its weight that speaks
  T effect;

  friend bool operator==(interaction_effect const&, interaction_effect const&) = default;
};

// The columns and pairs of columns that moved the margin of a row most, either way: the strongest first, ties by ascending
// columns. Fills as much of `out` as there are effects that are not zero, and returns how many. The intercept and all effects
// add up to the margin, up to rounding. O(values of the row^2 x (factors + size of out)), no allocation.
template <real T, class Loss, class Row>
std::size_t strongest_effects(interaction_model<T, Loss> const& model, Row row,
                              std::span<interaction_effect<std::type_identity_t<T>>> out) noexcept {
  using one_type = interaction_effect<T>;
  auto const before = [](one_type const& a, one_type const& b) {
    T const x = a.effect < 0 ? -a.effect : a.effect;
    T const y = b.effect < 0 ? -b.effect : b.effect;
    return x != y ? x > y : std::tie(a.column, a.other) < std::tie(b.column, b.other);
  };
  std::size_t count = 0;
  auto const keep = [&](one_type const& one) {
    if (one.effect == 0) return;
    std::size_t place = count;
    while (place != 0 && before(one, out[place - 1])) --place;
    if (place == out.size()) return;
    if (count != out.size()) ++count;
    for (std::size_t k = count - 1; k != place; --k) out[k] = out[k - 1];
    out[place] = one;
  };
  auto const vector = model.vectors();
  for_each_feature(row, [&](index_t j, T x) {
    if (j >= model.columns()) return;
    keep({j, j, model.weights()[j] * x});
    for_each_feature(row, [&](index_t k, T y) {
      if (k > j && k < model.columns())
        keep({j, k, kernel::dot(vector.row(j).data(), vector.row(k).data(), model.factors()) * x * y});
    });
  });
  return count;
}

KINDRED_END
