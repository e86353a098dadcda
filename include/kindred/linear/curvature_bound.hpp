// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/solve/hinge_loss.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/solve/loss.hpp>

#include <concepts>

KINDRED_BEGIN

// The most that a loss curves anywhere: what a solver with a fixed step has to know. Specialize it for a loss of yours; one without
// a bound, such as poisson_loss, has no such step.
template <class Loss>
struct curvature_bound;

template <>
struct curvature_bound<squared_loss> {
  static constexpr double value = 1;
};
template <>
struct curvature_bound<logistic_loss> {
  static constexpr double value = 0.25;
};
template <>
struct curvature_bound<squared_hinge_loss> {
  static constexpr double value = 2;
};

template <class Loss>
concept has_curvature_bound = requires {
  { curvature_bound<Loss>::value } -> std::convertible_to<double>;
};

KINDRED_END
