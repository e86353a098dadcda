// expect: satisf(y|action of) .co_rated
// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/shrunk.hpp>

struct forgetful {  // says that it makes something of a row, and not what
  static constexpr kindred::comparison_traits traits = kindred::cosine::traits;
  using sums = kindred::product_sum;
  using row = double;
#ifdef KINDRED_FAIL_FIXED
  double of(kindred::row_sums const& all) const noexcept { return all.squares; }
#endif
  double finish(sums const& shared, double, double) const noexcept { return shared.product; }
};

kindred::shrunk<forgetful> similarity;
