// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/linear/objective.hpp>
#include <kindred/linear/quadratic_model.hpp>
#include <kindred/run/executor.hpp>

#include <cmath>
#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// Turns the lower triangle of a symmetric matrix into its Cholesky factor; pivots that are not positive, of columns that say
// nothing new, become 1 and their columns zero. O(n^3 / 6).
inline void factorize(std::size_t n, double* a) noexcept {
  for (std::size_t k = 0; k != n; ++k) {
    double* const row = a + k * n;
    for (std::size_t j = 0; j <= k; ++j) {
      double const* const other = a + j * n;
      double sum[4] = {};
      std::size_t l = 0;
      for (; l + 4 <= j; l += 4)
        for (std::size_t m = 0; m != 4; ++m) sum[m] += row[l + m] * other[l + m];
      for (; l != j; ++l) sum[0] += row[l] * other[l];
      double const rest = row[j] - ((sum[0] + sum[2]) + (sum[1] + sum[3]));
      if (j != k) row[j] = rest / other[j];
      else if (rest > 1e-12 * row[k]) row[k] = std::sqrt(rest);
      else row[k] = 1e150;  // as good as taking the column out
    }
  }
}

// Solves L L^T x = b in place.
inline void solve_factorized(std::size_t n, double const* a, double* x) noexcept {
  for (std::size_t k = 0; k != n; ++k) {
    double sum = x[k];
    for (std::size_t j = 0; j != k; ++j) sum -= a[k * n + j] * x[j];
    x[k] = sum / a[k * n + k];
  }
  for (std::size_t k = n; k-- != 0;) {
    x[k] /= a[k * n + k];
    for (std::size_t j = 0; j != k; ++j) x[j] -= a[k * n + j] * x[k];
  }
}

}  // namespace detail

// An approximate inverse of the second derivative, for conjugate gradients: the more alike, the fewer steps.
//
// With up to `dense_limit` parameters it is the Cholesky factor of the second derivative summed over a sample of the rows,
// 24 a parameter, evenly spread - all rows where there are no more (Erdogdu and Montanari, "Convergence rates of
// sub-sampled Newton methods", 2015); with more parameters the diagonal.
template <class Objective>
class preconditioner {
public:
  static constexpr std::size_t dense_limit = 512;

  explicit preconditioner(Objective& of) : of_(of), data_(dense() ? of.size() * of.size() : of.size()) {}

  template <executor E>
  void build(E& ex, std::span<double const> curvature) {
    if (dense()) {
      sample(curvature);
      detail::factorize(of_.size(), data_.data());
    } else {
      of_.diagonal(ex, curvature, data_.span());
      for (double& d : data_) d = d > 0 ? 1 / d : 1;
    }
  }

  [[nodiscard]] bool dense() const noexcept { return of_.size() <= dense_limit; }

  // out = P^-1 in.
  void apply(std::span<double const> in, std::span<double> out) const noexcept {
    if (dense()) {
      for (std::size_t j = 0; j != in.size(); ++j) out[j] = in[j];
      detail::solve_factorized(of_.size(), data_.data(), out.data());
    } else {
      for (std::size_t j = 0; j != in.size(); ++j) out[j] = in[j] * data_[j];
    }
  }

private:
  void sample(std::span<double const> curvature) {
    std::size_t const p = of_.size();
    for (double& d : data_) d = 0;
    detail::add_second_derivative(of_, curvature, of_.examples_count() / (24 * p + 1) + 1, data_.data());
    for (std::size_t j = 0; j != of_.columns(); ++j) data_[j * p + j] += of_.penalty().l2;
  }

  Objective& of_;
  buffer<double> data_;
};

KINDRED_END
