// expect: shrink_row without all that a row_regularizer of this number type has would never be called
// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/sgd.hpp>
#include <kindred/run/fit.hpp>

#include <span>

#ifdef KINDRED_FAIL_FIXED
#define MAY_NOT_THROW noexcept
#else
#define MAY_NOT_THROW
#endif

struct halves {
  template <kindred::real T>
  T penalty(T weight) const noexcept {
    return weight * weight / 2;
  }
  template <kindred::real T>
  T shrink(T weight, T) const noexcept {
    return weight / 2;
  }
  template <kindred::real T>
  T penalty_row(std::span<T const>) const noexcept {
    return 0;
  }
  template <kindred::real T>
  void shrink_row(std::span<T> row, T) const MAY_NOT_THROW {
    for (T& x : row) x /= 2;
  }
};

auto trained(kindred::ratings<float> const& data) {
  return kindred::fit(kindred::sgd<kindred::squared_loss, halves>{}, data).model;
}
