// expect: triangle.*evaluated to .?false
// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/euclidean.hpp>
#include <kindred/metric/squared_euclidean.hpp>
#include <kindred/neighbor/vp_tree.hpp>
#include <kindred/view/matrix_view.hpp>

#ifdef KINDRED_FAIL_FIXED
using distance_of_places = kindred::euclidean;
#else
using distance_of_places = kindred::squared_euclidean;
#endif

auto tree(kindred::matrix_view<float> rows) {
  return kindred::vp_tree<kindred::matrix_view<float>, distance_of_places>(rows, {});
}
