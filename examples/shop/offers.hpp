// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "findings.hpp"
#include "shop_data.hpp"

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/neighbor/item_knn.hpp>

#include <vector>

// The models that are trained on everything, and the recommender made of them.
using factors = kindred::factor_model<float>;
using similar_items = decltype(kindred::fit(kindred::item_knn<>{}, kindred::ratings<float>{}).model);
using popular = kindred::popularity_model<float>;
using recommender = kindred::fallback<kindred::weighted<factors, similar_items>, popular>;

// Ten products for each of three people: one with many ratings, one among friends, and a newcomer of whom nothing is known.
[[nodiscard]] std::vector<offers> recommend(shop_data const& shop, recommender const& model,
                                            similar_items const& similar);
