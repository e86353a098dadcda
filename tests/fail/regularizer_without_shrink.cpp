// expect: bias_sgd: not a regularizer
// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_sgd.hpp>

struct decay {
  template <kindred::real T>
  T penalty(T w) const noexcept {
    return w * w;
  }
#ifdef KINDRED_FAIL_FIXED
  template <kindred::real T>
  T shrink(T w, T rate) const noexcept {
    return w - rate * w;
  }
#endif
};

auto trained(kindred::ratings<float> const& data) {
  return kindred::fit(kindred::bias_sgd<kindred::squared_loss, decay>{}, data).model;
}
