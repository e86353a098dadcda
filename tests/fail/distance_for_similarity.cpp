// expect: item_knn: not a similarity of sparse rows
// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/item_knn.hpp>

struct gap {
#ifdef KINDRED_FAIL_FIXED
  static constexpr kindred::comparison_traits traits{.direction = kindred::sense::larger_is_closer};
#else
  static constexpr kindred::comparison_traits traits{.direction = kindred::sense::smaller_is_closer};
#endif
  template <kindred::real T>
  T operator()(kindred::sparse_row<T> a, kindred::sparse_row<T> b) const noexcept {
    return static_cast<T>(a.size()) - static_cast<T>(b.size());
  }
};

auto trained(kindred::ratings<float> const& data) { return kindred::fit(kindred::item_knn<gap>{}, data).model; }
