// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/solve/regularizer.hpp>

KINDRED_BEGIN

// The magnitude, times strength: penalty strength |w|, shrink moves w towards zero by rate x strength and leaves it there. Small
// weights become exactly zero (Tibshirani, "Regression shrinkage and selection via the lasso", 1996).
struct l1 {
  double strength = 0.02;

  template <real T>
  [[nodiscard]] constexpr T penalty(T weight) const noexcept {
    return static_cast<T>(strength) * (weight < 0 ? -weight : weight);
  }
  template <class V, real T>
  [[nodiscard]] V shrink(V weight, T rate) const noexcept {
    V const step = V(rate * static_cast<T>(strength));
    return weight - math::larger(V(-step), math::smaller(weight, step));
  }
  void check() const { check_not_negative("l1: strength", strength); }
};

// Both: penalty l1 |w| + l2 w^2 / 2, as Zou and Hastie, "Regularization and variable selection via the elastic net", 2005.
// Weights that are left are shrunk like ridge's, so that those that tell the same share what there is to say.
struct elastic_net {
  double l1 = 0.01;
  double l2 = 0.08;

  template <real T>
  [[nodiscard]] constexpr T penalty(T weight) const noexcept {
    return kindred::l1{l1}.penalty(weight) + kindred::l2{l2}.penalty(weight);
  }
  template <class V, real T>
  [[nodiscard]] V shrink(V weight, T rate) const noexcept {
    return kindred::l2{l2}.shrink(kindred::l1{l1}.shrink(weight, rate), rate);
  }
  void check() const {
    check_not_negative("elastic_net: l1", l1);
    check_not_negative("elastic_net: l2", l2);
  }
};

KINDRED_END
