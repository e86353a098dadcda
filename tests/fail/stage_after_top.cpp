// expect: deleted
// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/constant.hpp>
#include <kindred/compose/pipe.hpp>

using part = kindred::constant_model<float>;
inline bool sold_out(kindred::item_id i) { return kindred::to_index(i) == 3; }
#ifdef KINDRED_FAIL_FIXED
auto const shop = part(1) | kindred::without(&sold_out) | kindred::top(10);
#else
auto const shop = part(1) | kindred::top(10) | kindred::without(&sold_out);  // a list is the end of a pipe
#endif
