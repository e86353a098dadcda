// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// Weights that make yes and no count alike, however rare one of them is: n / (2 n of its kind). They add up to n; labels above
// zero are yes. All ones where only one kind is seen. Probabilities learned with them are those of a world where both are
// as frequent; see undersampled and platt for the way back.
//
//   auto const weight = kindred::balanced_weights(label);
//   auto const data = kindred::examples<kindred::csr_view<float>>::from(rows, label, {.weight = weight});
template <real T>
[[nodiscard]] std::vector<T> balanced_weights(std::span<T const> label) {
  std::size_t yes = 0;
  for (T const y : label) yes += y > 0;
  std::size_t const no = label.size() - yes;
  std::vector<T> out(label.size(), T{1});
  if (yes == 0 || no == 0) return out;
  double const half = static_cast<double>(label.size()) / 2;
  for (std::size_t r = 0; r != label.size(); ++r)
    out[r] = static_cast<T>(half / static_cast<double>(label[r] > 0 ? yes : no));
  return out;
}

KINDRED_END
