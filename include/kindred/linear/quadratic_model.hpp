// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/linear/least_subgradient.hpp>
#include <kindred/linear/objective.hpp>
#include <kindred/linear/row_math.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// The part of a row in the last line of the matrix, that of the intercept.
template <class Row>
void add_intercept(Row row, double a, double* matrix, std::size_t p) noexcept {
  add(row, a, matrix + (p - 1) * p);
  matrix[p * p - 1] += a;
}

// matrix += scale * the second derivative of the losses (without the penalty), summed over every `every`-th row and scaled up
// as if over all; lower triangle, the intercept last.
template <class Objective>
void add_second_derivative(Objective const& f, std::span<double const> curvature, std::size_t every, double* matrix) {
  std::size_t const p = f.size();
  std::size_t const n = f.examples_count();
  double all = 0;
  double sampled = 0;
  for (double const c : curvature) all += c;
  for (std::size_t r = 0; r < n; r += every) sampled += curvature[r];
  double const scale = sampled > 0 ? all / sampled : 1;
  std::size_t r = 0;
  if constexpr (!Objective::is_sparse)
    for (; r + 3 * every < n; r += 4 * every) {
      typename Objective::row_type rows[4];
      double c[4];
      for (std::size_t m = 0; m != 4; ++m) {
        rows[m] = f.data().row(static_cast<index_t>(r + m * every));
        c[m] = scale * curvature[r + m * every];
      }
      add_outer(rows, c, matrix, p);
      for (std::size_t m = 0; f.intercept() && m != 4; ++m) add_intercept(rows[m], c[m], matrix, p);
    }
  for (; r < n; r += every) {
    double const c = scale * curvature[r];
    if (!(c > 0)) continue;
    auto const row = f.data().row(static_cast<index_t>(r));
    add_outer(row, c, matrix, p);
    if (f.intercept()) add_intercept(row, c, matrix, p);
  }
}

}  // namespace detail

// The quadratic model of a linear objective with few parameters, as a dense matrix, minimized with the l1 penalty along one
// coordinate after the other.
template <class Objective>
class quadratic_model {
public:
  explicit quadratic_model(Objective const& f) : f_(f), matrix_(f.size() * f.size()), pull_(f.size()) {}

  // Builds it from every `every`-th row.
  void build(std::span<double const> curvature, std::size_t every) {
    std::size_t const p = f_.size();
    for (double& m : matrix_) m = 0;
    detail::add_second_derivative(f_, curvature, every, matrix_.data());
    for (std::size_t j = 0; j != p; ++j) {
      if (j != f_.columns()) matrix_[j * p + j] += f_.penalty().l2;
      for (std::size_t k = 0; k != j; ++k) matrix_[k * p + j] = matrix_[j * p + k];
    }
  }

  // The step that minimizes  gradient . step + step H step / 2 + l1 |w + step|, within `sweeps` rounds or to `accuracy`, the
  // share of the first round's decrease that a round may still gain.
  void minimize(std::span<double const> w, std::span<double const> gradient, std::span<double> step, int sweeps,
                double accuracy) noexcept {
    std::size_t const p = f_.size();
    for (std::size_t j = 0; j != p; ++j) {
      pull_[j] = gradient[j];
      step[j] = 0;
    }
    double first = 0;
    for (int sweep = 0; sweep != sweeps; ++sweep) {
      double gain = 0;
      for (std::size_t j = 0; j != p; ++j) {
        double const h = matrix_[j * p + j];
        if (!(h > 0)) continue;  // nothing is known of the column
        double const at = w[j] + step[j];
        double const l1 = j == f_.columns() ? 0 : f_.penalty().l1;
        double const change = detail::shrunk(at - pull_[j] / h, l1 / h) - at;
        if (change == 0) continue;
        step[j] += change;
        gain += h * change * change;
        double const* const row = matrix_.data() + j * p;
        for (std::size_t k = 0; k != p; ++k) pull_[k] += change * row[k];
      }
      if (sweep == 0) first = gain;
      if (gain <= accuracy * first) break;
    }
  }

private:
  Objective const& f_;
  buffer<double> matrix_;
  buffer<double> pull_;  // the model's gradient at the step
};

KINDRED_END
