// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "shop_data.hpp"

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/neighbor/item_knn.hpp>

#include <string>
#include <vector>

// The models that are trained on everything, and the recommender made of them.
using factors = kindred::factor_model<float>;
using similar_items = decltype(kindred::fit(kindred::item_knn<>{}, kindred::ratings<float>{}).model);
using popular = kindred::popularity_model<float>;
using recommender = kindred::fallback<kindred::weighted<factors, similar_items>, popular>;

struct offer {
  std::string item;
  float score;
  std::string reason;  // "because you rated X and Y"
};

struct offers {
  std::string title;  // "For Ada Brook, who rated 81 products"
  std::string note;
  std::vector<offer> best;  // ten at most
};

// Ten products for each of three people: one with many ratings, one among friends, and a newcomer of whom nothing is known.
[[nodiscard]] std::vector<offers> recommend(shop_data const& shop, recommender const& model,
                                            similar_items const& similar);
