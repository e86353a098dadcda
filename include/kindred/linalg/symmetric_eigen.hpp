// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <Eigen/Eigenvalues>

#include <cmath>
#include <cstddef>

KINDRED_BEGIN

// A symmetric matrix taken apart: a = sum over k of value[k] v_k v_k', with orthonormal v_k.
template <real T>
struct eigen_system {
  buffer<T> value;   // ascending
  buffer<T> vector;  // v_k is row k; its largest number in magnitude, the first of equal ones, is positive

  [[nodiscard]] matrix_view<T> vectors() const noexcept {
    auto const size = static_cast<index_t>(value.size());
    return {unchecked, vector.data(), size, size, size};
  }
};

// The eigenvalues and eigenvectors of a symmetric matrix, of which the lower triangle is read.
//
// By reduction to tridiagonal form and QR steps (Eigen's SelfAdjointEigenSolver): some 9 n^3 flops, backward stable; a vector
// is determined up to the gap between its value and the next. Throws error: shape when the matrix is not square, numeric when
// a number in it is not finite or the steps do not converge. Does its work in the calling thread. Eigen's functions carry no
// flags in their names: whoever includes this header compiles all of a program for one instruction set.
template <real T>
[[nodiscard]] eigen_system<T> symmetric_eigen(matrix_view<T> a) {
  if (a.rows() != a.columns())
    raise(error(error_kind::shape) << "symmetric_eigen: a matrix of " << a.rows() << " rows and " << a.columns()
                                   << " columns is not square");
  auto const n = static_cast<Eigen::Index>(a.rows());
  for (index_t r = 0; r != a.rows(); ++r)
    for (index_t c = 0; c <= r; ++c)
      if (!is_finite(a.row(r)[c]))
        raise(error(error_kind::numeric).at(r, c)
              << "symmetric_eigen: the number in row " << r << ", column " << c << " is not finite");
  eigen_system<T> out{buffer<T>(a.rows()), buffer<T>(std::size_t{a.rows()} * a.rows())};
  if (n == 0) return out;

  using matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using rows = Eigen::Map<matrix const, Eigen::Unaligned, Eigen::OuterStride<>>;
  Eigen::SelfAdjointEigenSolver<matrix> const solved(
      rows(a.data(), n, n, Eigen::OuterStride<>(static_cast<Eigen::Index>(a.stride()))));
  if (solved.info() != Eigen::ComputationInfo{})  // Success, which is a macro of X11
    raise(error(error_kind::numeric) << "symmetric_eigen: no convergence for a matrix of " << a.rows() << " rows");
  for (Eigen::Index k = 0; k != n; ++k) {
    Eigen::Index most = 0;
    for (Eigen::Index j = 1; j != n; ++j)
      if (std::abs(solved.eigenvectors()(j, k)) > std::abs(solved.eigenvectors()(most, k))) most = j;
    T const sign = solved.eigenvectors()(most, k) < 0 ? T{-1} : T{1};
    out.value[static_cast<std::size_t>(k)] = solved.eigenvalues()(k);
    for (Eigen::Index j = 0; j != n; ++j)
      out.vector[static_cast<std::size_t>(k * n + j)] = sign * solved.eigenvectors()(j, k);
  }
  return out;
}

KINDRED_END
