// SPDX-License-Identifier: BSL-1.0
#include "two.hpp"

kindred::any_scorer<float> neighbors_of(kindred::ratings<float> const& ratings) {
  return kindred::fit(kindred::item_knn<>{.neighbors = 3, .min_shared = 1}, ratings).model;
}
