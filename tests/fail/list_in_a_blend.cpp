// expect: cascade
// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/constant.hpp>
#include <kindred/compose/cascade.hpp>
#include <kindred/compose/switching.hpp>

using part = kindred::constant_model<float>;
using list = kindred::cascade<part, part>;
#ifdef KINDRED_FAIL_FIXED
using shop = kindred::switching<kindred::history_levels, part, part>;
#else
using shop = kindred::switching<kindred::history_levels, part, list>;  // an item of a list has no score of its own
#endif
static_assert(sizeof(shop) != 0);
