// expect: Ward's linkage is of Euclidean distances
// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/agglomerative.hpp>

// Ward merges means, and the mean of rows is where squared Euclidean distances are least.
struct blocks {
  static constexpr kindred::comparison_traits traits{.direction = kindred::sense::smaller_is_closer};
  template <kindred::real T>
  T operator()(kindred::dense_row<T>, kindred::dense_row<T>) const noexcept {
    return 0;
  }
};

#ifdef KINDRED_FAIL_FIXED
kindred::agglomerative<kindred::average_linkage, blocks> how;
#else
kindred::agglomerative<kindred::ward_linkage, blocks> how;
#endif
