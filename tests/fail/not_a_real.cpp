// expect: satisf(y|action of) .real
// SPDX-License-Identifier: BSL-1.0
#include <kindred/view/row.hpp>

#ifdef KINDRED_FAIL_FIXED
kindred::sparse_row<float> counts;
#else
kindred::sparse_row<int> counts;  // numbers are float or double; a count is stored as one
#endif
