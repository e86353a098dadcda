// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

// What a feature did to a margin: weight x value, added to it.
template <real T>
struct feature_effect {
  index_t column;
  T value;
  T effect;

  friend bool operator==(feature_effect const&, feature_effect const&) = default;
};

// The features of a row that moved its margin most, either way, the strongest first, ties by ascending column. Fills as many of
// `out` as there are features with an effect, and returns how many. What is left is the intercept and lesser features:
//
//   margin = intercept + sum of all effects
//
// O(features x size of out), no allocation.
template <real T, class Loss>
std::size_t top_features(linear_model<T, Loss> const& model, sparse_row<T> row,
                         std::span<feature_effect<T>> out) noexcept {
  auto const size = [](T x) { return x < 0 ? -x : x; };
  std::size_t count = 0;
  for (std::size_t k = 0; k != row.size() && row.index[k] < model.columns(); ++k) {
    feature_effect<T> const one{row.index[k], row.value[k], model.weights()[row.index[k]] * row.value[k]};
    if (one.effect == 0) continue;
    std::size_t place = count;
    while (place != 0 && size(out[place - 1].effect) < size(one.effect)) --place;
    if (place == out.size()) continue;
    if (count != out.size()) ++count;
    for (std::size_t l = count - 1; l != place; --l) out[l] = out[l - 1];
    out[place] = one;
  }
  return count;
}

KINDRED_END
