// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/covariance_shape.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A normal distribution of rows, with the logarithm of its density
//
//   log p(x) = -1/2 (columns log(2 pi) + log |S| + (x - mean)' S^-1 (x - mean))
//
// for a covariance S. With S = L L' the last term is |L^-1 (x - mean)|^2, so that the inverse of L is kept: made in
// O(columns^3), asked in O(columns^2); for a diagonal both are O(columns). In double, whatever the rows are.
class normal_density {
public:
  static constexpr std::size_t lanes = 16;  // rows that log_densities() takes at once

  // Diagonal: a variance a column. Full: the lower triangle of the covariance, row by row. Throws error{numeric} naming the
  // column from which on it is not positive definite: one that is constant, or follows from those before it.
  normal_density(covariance_shape shape, std::vector<double> mean, std::vector<double> covariance)
      : shape_(shape), mean_(std::move(mean)), covariance_(std::move(covariance)), whitening_(covariance_.size()) {
    if (covariance_.size() != (shape == covariance_shape::diagonal ? dims() : dims() * (dims() + 1) / 2))
      raise(error(error_kind::shape) << "a normal density of " << dims() << " columns has no " << covariance_.size()
                                     << " covariances");
    double log_width = static_cast<double>(dims()) * std::log(2 * std::numbers::pi) / 2;
    if (shape == covariance_shape::diagonal) {
      for (std::size_t j = 0; j != dims(); ++j) {
        double const width = root_of(covariance_[j], j);
        whitening_[j] = 1 / width;
        log_width += std::log(width);
      }
    } else {
      factorize();
      for (std::size_t j = 0; j != dims(); ++j) log_width += std::log(line(whitening_, j)[j]);
      invert();
    }
    log_height_ = -log_width;
  }

  static constexpr stored_format format{"normal_density", 1};
  normal_density(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("shape", self.shape_);
    visit("mean", self.mean_);
    visit("covariance", self.covariance_);
  }
  void restore() {
    check_stored(shape_ <= covariance_shape::full, "normal_density: a shape that there is");
    check_stored_numbers(mean_, "normal_density");
    check_stored_numbers(covariance_, "normal_density");
    *this = normal_density(shape_, std::move(mean_), std::move(covariance_));
  }

  [[nodiscard]] std::size_t dims() const noexcept { return mean_.size(); }
  [[nodiscard]] covariance_shape shape() const noexcept { return shape_; }
  [[nodiscard]] std::span<double const> mean() const noexcept { return mean_; }
  [[nodiscard]] double covariance(std::size_t i, std::size_t j) const noexcept {
    KINDRED_ASSERT(i < dims() && j < dims());
    if (shape_ == covariance_shape::diagonal) return i == j ? covariance_[i] : 0;
    return i < j ? line(covariance_, j)[i] : line(covariance_, i)[j];
  }

  // At least `least`, which is as good as never: rows so far away that squares overflow are alike.
  static constexpr double least = -1e300;
  template <real T>
  [[nodiscard]] double log_density(dense_row<T> row) const noexcept {
    KINDRED_ASSERT(row.size() == dims());
    auto const gap = [&](std::size_t j) { return static_cast<double>(row[j]) - mean_[j]; };
    double squares = 0;
    for (std::size_t i = 0; i != dims(); ++i) {
      double sum = 0;
      if (shape_ == covariance_shape::diagonal) sum = whitening_[i] * gap(i);
      else
        for (std::size_t k = 0; k <= i; ++k) sum += line(whitening_, i)[k] * gap(k);
      squares += sum * sum;
    }
    return at_least(log_height_ - squares / 2);
  }

  // The same for `lanes` rows, given by their differences from the mean: column j of row l is gap[j * stride + l].
  void log_densities(double const* gap, std::size_t stride, double* out) const noexcept {
    double squares[lanes] = {};
    for (std::size_t i = 0; i != dims(); ++i) {
      double sum[lanes] = {};
      bool const alone = shape_ == covariance_shape::diagonal;
      double const* const white = alone ? whitening_.data() : line(whitening_, i);
      for (std::size_t k = alone ? i : 0; k <= i; ++k)
        for (std::size_t l = 0; l != lanes; ++l) sum[l] += white[k] * gap[k * stride + l];
      for (std::size_t l = 0; l != lanes; ++l) squares[l] += sum[l] * sum[l];
    }
    for (std::size_t l = 0; l != lanes; ++l) out[l] = at_least(log_height_ - squares[l] / 2);
  }

  friend bool operator==(normal_density const&, normal_density const&) = default;

private:
  [[nodiscard]] static double* line(std::vector<double>& triangle, std::size_t i) noexcept {
    return triangle.data() + i * (i + 1) / 2;
  }
  [[nodiscard]] static double const* line(std::vector<double> const& triangle, std::size_t i) noexcept {
    return triangle.data() + i * (i + 1) / 2;
  }
  [[nodiscard]] static double at_least(double x) noexcept { return x > least ? x : least; }

  [[nodiscard]] static double root_of(double variance, std::size_t column) {
    if (!is_finite(variance) || !(variance >= 1e-300))
      raise(error(error_kind::numeric).at(column, column)
            << "a covariance is not positive definite: column " << column << " leaves a variance of " << variance);
    return std::sqrt(variance);
  }

  // S = L L', row by row (Cholesky).
  void factorize() {
    for (std::size_t i = 0; i != dims(); ++i) {
      double* const row = line(whitening_, i);
      for (std::size_t j = 0; j <= i; ++j) {
        double const* const above = line(whitening_, j);
        double rest = line(covariance_, i)[j];
        for (std::size_t k = 0; k != j; ++k) rest -= row[k] * above[k];
        row[j] = j != i ? rest / above[j] : root_of(rest, i);
      }
    }
  }

  // L becomes its inverse, a triangle too: row i of it needs row i of L and the finished rows above.
  void invert() noexcept {
    for (std::size_t i = 0; i != dims(); ++i) {
      double* const row = line(whitening_, i);
      double const scale = 1 / row[i];
      for (std::size_t j = 0; j != i; ++j) {
        double sum = 0;
        for (std::size_t k = j; k != i; ++k) sum += row[k] * line(whitening_, k)[j];
        row[j] = -sum * scale;
      }
      row[i] = scale;
    }
  }

  covariance_shape shape_ = covariance_shape::diagonal;
  std::vector<double> mean_;
  std::vector<double> covariance_;
  std::vector<double> whitening_;  // L^-1
  double log_height_ = 0;
};

KINDRED_END
