// expect: (could not convert|no known conversion) .*scored_item
// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/top_n.hpp>

#include <array>

#ifdef KINDRED_FAIL_FIXED
using number = float;
#else
using number = double;
#endif

std::size_t best(kindred::popularity_model<float> const& model, std::array<kindred::scored_item<number>, 10>& out) {
  return kindred::top_n(model, kindred::user_id{0}, kindred::all_items{100}, out);
}
