// expect: agglomerative: not a linkage
// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/agglomerative.hpp>

// The chain of nearest neighbors calls join() where nothing may be thrown.
struct farthest {
#ifdef KINDRED_FAIL_FIXED
  double join(double to_first, double to_second, double, double) const noexcept {
#else
  double join(double to_first, double to_second, double, double) const {
#endif
      return to_first < to_second ? to_second : to_first;
}
}
;

kindred::agglomerative<farthest> how;
