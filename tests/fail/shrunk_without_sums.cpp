// expect: satisf(y|action of) .co_rated
// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/shrunk.hpp>

struct opaque {  // cannot tell how many columns it looked at
  static constexpr kindred::comparison_traits traits = kindred::cosine::traits;
  template <kindred::real T>
  T operator()(kindred::sparse_row<T> a, kindred::sparse_row<T> b) const noexcept {
    return kindred::cosine{}(a, b);
  }
};

#ifdef KINDRED_FAIL_FIXED
kindred::shrunk<kindred::cosine> similarity;
#else
kindred::shrunk<opaque> similarity;
#endif
