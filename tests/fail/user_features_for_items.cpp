// expect: (no matching function for call to|no viable constructor or deduction guide) .*content
// SPDX-License-Identifier: BSL-1.0
#include <kindred/content/content.hpp>

#ifdef KINDRED_FAIL_FIXED
auto recipe(kindred::item_features<float> const& about) { return kindred::content{about}; }
#else
auto recipe(kindred::user_features<float> const& about) { return kindred::content{about}; }
#endif
