// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// Mahalanobis distance, sqrt((a - b)' S^-1 (a - b)) for a covariance S of the columns (Mahalanobis, 1936): columns count by how
// much they tell beyond the others. A metric.
//
// With S = L L' it is the Euclidean distance of the rows whitened by L^-1, which this holds: columns^2 / 2 numbers, made in
// O(columns^3) and applied in O(columns^2). To search many rows, whiten them once and use euclidean.
template <real T>
class mahalanobis {
public:
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};

  // The covariance, symmetric and positive definite; what is above its diagonal is not read. Throws error{shape} when it is
  // not square, error{data} naming a number that is not finite, and error{numeric} naming the column from which on it is
  // not positive definite: one that is constant or follows from those before it.
  explicit mahalanobis(matrix_view<T> covariance)
      : columns_(covariance.rows()), inverse_(std::size_t{columns_} * (std::size_t{columns_} + 1) / 2) {
    if (covariance.columns() != columns_)
      raise(error(error_kind::shape) << "mahalanobis: a covariance is square, and this has " << columns_ << " rows of "
                                     << covariance.columns() << " columns");
    buffer<double> triangle(inverse_.size());
    factorize(covariance, triangle.data());
    invert(triangle.data());
    for (std::size_t k = 0; k != triangle.size(); ++k) inverse_[k] = static_cast<T>(triangle[k]);
  }

  [[nodiscard]] index_t columns() const noexcept { return columns_; }

  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    KINDRED_ASSERT(a.size() == columns_ && b.size() == columns_);
    T squares = 0;
    for (std::size_t i = 0; i != columns_; ++i) {
      T const* const row = row_of(i);
      T sum = 0;
      for (std::size_t k = 0; k <= i; ++k) sum += row[k] * (a[k] - b[k]);
      squares += sum * sum;
    }
    return std::sqrt(squares);
  }

  // The row in whose space the distance is Euclidean. `out` has as many columns, and may not be the row itself.
  void whiten(dense_row<T> row, std::span<T> out) const noexcept {
    KINDRED_ASSERT(row.size() == columns_ && out.size() == columns_);
    for (std::size_t i = 0; i != columns_; ++i) {
      T sum = 0;
      for (std::size_t k = 0; k <= i; ++k) sum += row_of(i)[k] * row[k];
      out[i] = sum;
    }
  }

private:
  [[nodiscard]] static double* row_of(double* triangle, std::size_t i) noexcept { return triangle + i * (i + 1) / 2; }
  [[nodiscard]] T const* row_of(std::size_t i) const noexcept { return inverse_.data() + i * (i + 1) / 2; }

  // S = L L', row by row (Cholesky).
  void factorize(matrix_view<T> covariance, double* triangle) const {
    for (std::size_t i = 0; i != columns_; ++i) {
      auto const given = covariance.row(static_cast<index_t>(i));
      double* const row = row_of(triangle, i);
      for (std::size_t j = 0; j <= i; ++j) {
        if (!is_finite(given[j]))
          raise(error(error_kind::data).at(i, j)
                << "mahalanobis: the covariance of columns " << i << " and " << j << " is not a finite number");
        double const* const above = row_of(triangle, j);
        double rest = static_cast<double>(given[j]);
        for (std::size_t k = 0; k != j; ++k) rest -= row[k] * above[k];
        if (j != i) {
          row[j] = rest / above[j];
        } else if (rest > 0 && is_finite(rest)) {
          row[i] = std::sqrt(rest);
        } else {
          raise(error(error_kind::numeric).at(i, i) << "mahalanobis: the covariance is not positive definite: column "
                                                    << i << " is constant, or follows from those before it");
        }
      }
    }
  }

  // L becomes its inverse, which is a triangle too: row i of it needs row i of L and the finished rows above.
  void invert(double* triangle) const noexcept {
    for (std::size_t i = 0; i != columns_; ++i) {
      double* const row = row_of(triangle, i);
      double const scale = 1 / row[i];
      for (std::size_t j = 0; j != i; ++j) {
        double sum = 0;
        for (std::size_t k = j; k != i; ++k) sum += row[k] * row_of(triangle, k)[j];
        row[j] = -sum * scale;
      }
      row[i] = scale;
    }
  }

  index_t columns_;
  buffer<T> inverse_;
};

template <real T>
mahalanobis(matrix_view<T>) -> mahalanobis<T>;

KINDRED_END
