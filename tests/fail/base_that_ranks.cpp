// expect: k-NN: the base does not predict ratings
// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/neighbor/user_knn.hpp>

#ifdef KINDRED_FAIL_FIXED
using base = kindred::bias_als;
#else
using base = kindred::popularity;  // a count is not a rating: nothing can be
                                   // measured from it
#endif

auto trained(kindred::ratings<float> const& data) {
  return kindred::fit(kindred::user_knn<kindred::shrunk<kindred::pearson>, base>{}, data).model;
}
