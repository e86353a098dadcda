// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/solve/hinge_loss.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <cmath>
#include <concepts>

KINDRED_BEGIN

// The conjugate side of a loss of yes and no, for dual_descent. Of c loss(z), with z the margin signed by the label, it knows
// psi in  c loss(z) = max over a of  -a z - psi(a).
//
//   most(c)               a lies in [0, most(c)]
//   start(c)              where a begins
//   cost(a, c)            psi(a)
//   best(a, z, q, c)      the a' that minimizes  psi(a') + z (a' - a) + q / 2 (a' - a)^2
//
// Specialize it for a loss of yours.
template <class Loss>
struct dual_loss;

template <>
struct dual_loss<hinge_loss> {
  static constexpr bool shrinks = true;  // most a end at 0 or most(c), and need not be looked at again and again
  [[nodiscard]] static double most(double c) noexcept { return c; }
  [[nodiscard]] static double start(double) noexcept { return 0; }
  [[nodiscard]] static double cost(double a, double) noexcept { return -a; }
  [[nodiscard]] static double slope(double, double z, double) noexcept { return z - 1; }
  [[nodiscard]] static double best(double a, double z, double q, double c) noexcept {
    if (!(q > 0)) return z < 1 ? c : z > 1 ? 0 : a;
    double const to = a - (z - 1) / q;
    return to < 0 ? 0 : to > c ? c : to;
  }
};

template <>
struct dual_loss<squared_hinge_loss> {
  static constexpr bool shrinks = true;
  [[nodiscard]] static double most(double) noexcept { return 1e300; }
  [[nodiscard]] static double start(double) noexcept { return 0; }
  [[nodiscard]] static double cost(double a, double c) noexcept { return a * a / (4 * c) - a; }
  [[nodiscard]] static double slope(double a, double z, double c) noexcept { return z - 1 + a / (2 * c); }
  [[nodiscard]] static double best(double a, double z, double q, double c) noexcept {
    double const to = a - slope(a, z, c) / (q + 1 / (2 * c));
    return to < 0 ? 0 : to;
  }
};

template <>
struct dual_loss<logistic_loss> {
  static constexpr bool shrinks = false;
  [[nodiscard]] static double most(double c) noexcept { return c; }
  [[nodiscard]] static double start(double c) noexcept { return c / 1024; }
  [[nodiscard]] static double cost(double a, double c) noexcept { return entropy(a) + entropy(c - a) - entropy(c); }
  // The zero of  z + q (a' - a) + log(a' / (c - a')), which rises in a': Newton in t = log(a' / (c - a')), where the curve is
  // close to straight (a' = c sigmoid(t)), kept within a bracket. Yu, Huang and Lin, "Dual coordinate descent methods for
  // logistic regression and maximum entropy models" (2011), solve the same problem in a'.
  [[nodiscard]] static double best(double a, double z, double q, double c) noexcept {
    double low = -z - q * (c - a);  // there the curve is not above zero, at `high` not below
    double high = -z + q * a;
    double t = std::log(a) - std::log(c - a);
    if (!(t > low && t < high)) t = low + (high - low) / 2;
    for (int step = 0; step != 60; ++step) {
      double const p = sigmoid(t);
      double const value = z + q * (c * p - a) + t;
      (value > 0 ? high : low) = t;
      double const next = t - value / (1 + q * c * p * (1 - p));
      double const to = next > low && next < high ? next : low + (high - low) / 2;
      double const moved = to < t ? t - to : to - t;
      t = to;
      if (moved <= 1e-12 * (1 + (t < 0 ? -t : t))) break;
    }
    double const to = c * sigmoid(t);
    double const least = c * 1e-300;  // never the end itself, of which the logarithm is not finite
    double const most = c * (1 - 1e-16);
    return to < least ? least : to > most ? most : to;
  }

private:
  [[nodiscard]] static double entropy(double a) noexcept { return a > 0 ? a * std::log(a) : 0; }
};

// A loss that has a conjugate here.
template <class Loss>
concept has_dual = requires(double x) {
  { dual_loss<Loss>::best(x, x, x, x) } noexcept -> std::same_as<double>;
};

KINDRED_END
