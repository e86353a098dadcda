// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/settings.hpp>
#include <kindred/view/comparison.hpp>

KINDRED_BEGIN

// A similarity for k-NN recipes that compares what the base leaves of the ratings, instead of the ratings as they are.
//
//   item_knn<on_residuals<shrunk<cosine>>>
//
// Two items that many people like are not alike for that; they are when the same people like them more than was to be
// expected. The cosine of residuals is a correlation that needs no means of its own (Koren, "Factor in the neighbors",
// 2010, section 2.2, "Pearson-baseline"). Any similarity of sparse rows will do.
template <class S>
struct on_residuals : S {
  static constexpr comparison_traits traits = traits_of<S>;
  static constexpr bool compares_residuals = true;
};

KINDRED_END
