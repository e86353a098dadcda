// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/data/scored_examples.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

namespace detail {

// One example of a curve with few parameters: what they are multiplied with, the probability to be met, how often it counts.
template <std::size_t Size>
struct curve_point {
  std::array<double, Size> x;
  double target;
  double weight;
};

// Targets for labels that may well be separable, in which case no finite slope would be steep enough: not 1 and 0, but what
// one more example of each kind would make of them (Platt, "Probabilistic outputs for support vector machines", 1999).
struct smoothed_targets {
  double positive;
  double negative;

  template <real T>
  explicit smoothed_targets(scored_examples<T> const& all) noexcept {
    double happened = 0, not_happened = 0;
    for (std::size_t k = 0; k != all.size(); ++k) (all.happened(k) ? happened : not_happened) += all.weight_of(k);
    positive = (happened + 1) / (happened + 2);
    negative = 1 / (not_happened + 2);
  }
};

template <std::size_t Size>
struct curve_fit {
  std::array<double, Size> parameter{};
  std::uint32_t steps = 0;
  double objective = 0;  // the log loss, summed
  bool converged = false;
};

// Solves the symmetric positive definite system a x = b of a handful of unknowns by elimination; b becomes x.
template <std::size_t Size>
void solve_small(std::array<std::array<double, Size>, Size>& a, std::array<double, Size>& b) noexcept {
  for (std::size_t p = 0; p != Size; ++p)
    for (std::size_t r = p + 1; r != Size; ++r) {
      double const factor = a[r][p] / a[p][p];
      for (std::size_t c = p; c != Size; ++c) a[r][c] -= factor * a[p][c];
      b[r] -= factor * b[p];
    }
  for (std::size_t r = Size; r-- != 0;) {
    for (std::size_t c = r + 1; c != Size; ++c) b[r] -= a[r][c] * b[c];
    b[r] /= a[r][r];
  }
}

// The parameters for which sigmoid(<parameter, x>) has the least log loss, by Newton's method with halved steps (Lin, Lin and
// Weng, "A note on Platt's probabilistic outputs for support vector machines", 2007). Converged when no entry of the gradient
// exceeds 1e-10 of the weight of all examples.
template <std::size_t Size>
[[nodiscard]] curve_fit<Size> fit_curve(std::vector<curve_point<Size>> const& points) {
  auto const loss_at = [&](std::array<double, Size> const& theta) {
    double sum = 0;
    for (auto const& p : points) {
      double z = 0;
      for (std::size_t k = 0; k != Size; ++k) z += theta[k] * p.x[k];
      sum += p.weight * ((z > 0 ? z : 0) + std::log1p(std::exp(z > 0 ? -z : z)) - p.target * z);
    }
    return sum;
  };
  curve_fit<Size> out;
  out.objective = loss_at(out.parameter);
  double total = 0;
  for (auto const& p : points) total += p.weight;
  for (; out.steps != 100; ++out.steps) {
    std::array<double, Size> step{};
    std::array<std::array<double, Size>, Size> curvature{};
    for (auto const& p : points) {
      double z = 0;
      for (std::size_t k = 0; k != Size; ++k) z += out.parameter[k] * p.x[k];
      double const s = sigmoid(z);
      for (std::size_t r = 0; r != Size; ++r) {
        step[r] += p.weight * (p.target - s) * p.x[r];
        for (std::size_t c = 0; c != Size; ++c) curvature[r][c] += p.weight * s * (1 - s) * p.x[r] * p.x[c];
      }
    }
    double slope = 0;
    for (double const g : step) slope = std::fmax(slope, std::fabs(g));
    out.converged = slope <= 1e-10 * total;
    if (out.converged) break;
    // Keeps the system definite where examples agree in all that the curve sees of them.
    for (std::size_t r = 0; r != Size; ++r) curvature[r][r] += 1e-12 * (1 + curvature[r][r]);
    auto const gradient = step;
    solve_small(curvature, step);
    double descent = 0;
    for (std::size_t k = 0; k != Size; ++k) descent += gradient[k] * step[k];
    bool lower = false;
    for (double length = 1; length > 1e-10 && !lower; length /= 2) {
      auto next = out.parameter;
      for (std::size_t k = 0; k != Size; ++k) next[k] += length * step[k];
      double const loss = loss_at(next);
      lower = is_finite(loss) && loss < out.objective - 1e-4 * length * descent;
      if (lower) {
        out.parameter = next;
        out.objective = loss;
      }
    }
    if (!lower) {  // rounding is all that is left
      out.converged = slope <= 1e-6 * total;
      break;
    }
  }
  return out;
}

}  // namespace detail

KINDRED_END
