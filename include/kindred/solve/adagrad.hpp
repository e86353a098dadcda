// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/solve/schedule.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

// A schedule with a rate of its own for every parameter: move(gradient, rate, memory) gives the step to take off the
// parameter, and renews what is remembered of it, `memory` numbers that begin at zero. V is a number or a register of them. A
// gradient of zero moves nothing that never moved, which keeps the padding of factors zero.
template <class S, class T>
concept parameter_schedule = schedule<S> && requires(S const& s, T gradient, T rate, std::array<T, S::memory>& memory) {
  { s.move(gradient, rate, memory) } noexcept -> std::same_as<T>;
};

// Steps that are smaller the more a parameter has moved: rate g / sqrt(floor + sum of g^2) (Duchi, Hazan and Singer, "Adaptive
// subgradient methods for online learning and stochastic optimization", 2011). Items that are met seldom still learn fast.
struct adagrad {
  static constexpr std::size_t memory = 1;

  double rate = 0.1;
  double floor = 1e-2;  // greater than zero

  [[nodiscard]] constexpr double operator()(std::uint32_t) const noexcept { return rate; }
  template <class V, real T>
  [[nodiscard]] V move(V gradient, T step, std::array<V, 1>& seen) const noexcept {
    seen[0] = V(seen[0] + gradient * gradient);
    return V(V(step) * gradient / math::sqrt(V(seen[0] + V(static_cast<T>(floor)))));
  }
  void check() const {
    check_not_negative("adagrad: rate", rate);
    if (!(is_finite(floor) && floor > 0))
      raise(error(error_kind::setting) << "adagrad: floor = " << floor << "; it has to be a positive number");
  }
};

// Steps along a running mean of gradients, by the root of a running mean of their squares (Kingma and Ba, "Adam: a method for
// stochastic optimization", 2015), for parameters that are met now and then: the means move when the parameter is met, and
// begin with its first gradient, so that they need no correction for a start at zero.
struct adam {
  static constexpr std::size_t memory = 2;

  double rate = 0.005;
  double first = 0.9;  // how much of the mean is kept, in [0, 1)
  double second = 0.999;
  double floor = 1e-6;

  [[nodiscard]] constexpr double operator()(std::uint32_t) const noexcept { return rate; }
  template <class V, real T>
  [[nodiscard]] V move(V gradient, T step, std::array<V, 2>& mean) const noexcept {
    V const b1 = V(static_cast<T>(first));
    V const b2 = V(static_cast<T>(second));
    V const one = V(T{1});
    V const square = V(gradient * gradient);
    mean[0] = math::select(mean[1] > V(T{0}), V(b1 * mean[0] + (one - b1) * gradient), gradient);
    mean[1] = math::select(mean[1] > V(T{0}), V(b2 * mean[1] + (one - b2) * square), square);
    return V(V(step) * mean[0] / V(math::sqrt(mean[1]) + V(static_cast<T>(floor))));
  }
  void check() const {
    check_not_negative("adam: rate", rate);
    auto const part = [](char const* name, double value) {
      if (!(is_finite(value) && value >= 0 && value < 1))
        raise(error(error_kind::setting) << "adam: " << name << " = " << value << "; it is at least 0 and less than 1");
    };
    part("first", first);
    part("second", second);
    if (!(is_finite(floor) && floor > 0))
      raise(error(error_kind::setting) << "adam: floor = " << floor << "; it has to be a positive number");
  }
};

KINDRED_END
