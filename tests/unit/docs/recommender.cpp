// SPDX-License-Identifier: BSL-1.0

// [source]
#include "recommender.hpp"

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/factor/sgd.hpp>

kindred::any_scorer<float> make_recommender(kindred::ratings<float> const& ratings) {
  return kindred::fallback{kindred::fit(kindred::sgd<>{.factors = 16, .seed = 1}, ratings).model,
                           kindred::fit(kindred::popularity{}, ratings).model};
}
// [/source]
