// expect: (constraint|substitution) failure
// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/candidates.hpp>

// A predicate that changes as it answers would give another set each time it is walked.
auto every_second(kindred::index_t count) {
#ifdef KINDRED_FAIL_FIXED
  return kindred::where(kindred::all_items{count}, [](kindred::item_id i) { return kindred::to_index(i) % 2 == 0; });
#else
  return kindred::where(kindred::all_items{count}, [even = false](kindred::item_id) mutable { return even = !even; });
#endif
}
