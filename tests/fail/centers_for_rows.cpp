// expect: kmeans: not a policy of initial centers
// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/kmeans.hpp>

#include <vector>

// Gives centers where the numbers of rows are asked for.
struct at_zero {
#ifdef KINDRED_FAIL_FIXED
  using given = kindred::index_t;
#else
  using given = float;
#endif
  template <class Rows, kindred::executor E>
  std::vector<given> choose(Rows const&, kindred::index_t count, std::uint64_t, E&) const {
    return std::vector<given>(count);
  }
};

kindred::kmeans<at_zero> how;
