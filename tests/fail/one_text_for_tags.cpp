// expect: range_of_texts
// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/feature_table.hpp>

void describe(kindred::feature_table<kindred::item_id>& catalog, kindred::item_id film) {
#ifdef KINDRED_FAIL_FIXED
  catalog.about(film).tags("genre", {"horror"});
#else
  catalog.about(film).tags("genre", "horror");
#endif
}
