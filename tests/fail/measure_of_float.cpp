// expect: list_measure
// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/measure_lists.hpp>

#include <span>

#ifdef KINDRED_FAIL_FIXED
using figure = double;
#else
using figure = float;  // columns are double: sums that steer decisions are
#endif

struct share_of_even {
  figure operator()(kindred::user_id, std::span<kindred::item_id const>) const noexcept { return 0.5f; }
};

auto const columns = kindred::measure_lists(kindred::offered_lists{}, kindred::sequential{}, share_of_even{});
