// SPDX-License-Identifier: BSL-1.0

// What a file of the program costs that recommends, but knows no model: models are trained in another one.
#include "recommender.hpp"

#include <kindred/compose/top_n.hpp>

#include <array>
#include <cstddef>

std::size_t for_the_page(kindred::any_scorer<float> const& model, std::array<kindred::scored_item<float>, 10>& best);

std::size_t for_the_page(kindred::any_scorer<float> const& model, std::array<kindred::scored_item<float>, 10>& best) {
  return kindred::top_n(model, kindred::user_id{17}, kindred::all_items{1000}, best);
}
