// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/rank_update.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

KINDRED_BEGIN

// Replaces the upper triangle of a symmetric positive definite matrix by its Cholesky factor: a = U' U.
//
// `a` has padded_size(size) rows of as many numbers; the numbers beyond `size` are zeros and stay so, and what lies below the
// diagonal is not read and has no meaning afterwards. True when the matrix is positive definite: when every pivot is more
// than rounding makes of zero. A NaN or an infinity gives false. By blocks (right-looking), size^3 / 3 flops.
template <real T>
[[nodiscard]] bool cholesky_factor(std::span<T> a, std::size_t size) noexcept {
  constexpr std::size_t line = 64 / sizeof(T);
  std::size_t const stride = padded_size<T>(size);
  KINDRED_ASSERT(a.size() == stride * stride);
  T const noise = static_cast<T>(size) * std::numeric_limits<T>::epsilon();
  T* const first = a.data();
  T most = 0;
  for (std::size_t j = 0; j != size; ++j) most = first[j * stride + j] > most ? first[j * stride + j] : most;
  for (std::size_t p = 0; p < size; p += line) {
    std::size_t const last = p + line < size ? p + line : size;
    for (std::size_t j = p; j != last; ++j) {
      T* const row = first + j * stride;
      std::size_t const from = j / line * line;
      for (std::size_t q = p; q != j; ++q) {
        T const* const above = first + q * stride;
        kernel::axpy(-above[j], above + from, row + from, stride - from);
      }
      // Of what is left of the diagonal, the part that rounding alone may have made is not to be divided by.
      if (!(row[j] > noise * most) || !is_finite(row[j])) return false;
      T const pivot = std::sqrt(row[j]);
      row[j] = pivot;
      T const inverse = T{1} / pivot;
      for (std::size_t c = j + 1; c != stride; ++c) row[c] *= inverse;
    }
    if (last == p + line && last < stride)
      kernel::rank_update<true>(first + p * stride + last, line, stride, first + last * stride + last, stride,
                                stride - last);
  }
  return true;
}

// Solves U' U x = b in place; `u` is what cholesky_factor left. b has padded_size numbers. 2 size^2 flops.
template <real T>
void cholesky_solve(std::span<T const> u, std::size_t size, std::span<T> b) noexcept {
  std::size_t const stride = padded_size<T>(size);
  KINDRED_ASSERT(u.size() == stride * stride && b.size() >= size);
  T* const x = b.data();
  for (std::size_t j = 0; j != size; ++j) {
    T const* const row = u.data() + j * stride;
    x[j] /= row[j];
    kernel::axpy(-x[j], row + j + 1, x + j + 1, size - j - 1);
  }
  for (std::size_t j = size; j-- != 0;) {
    T const* const row = u.data() + j * stride;
    x[j] = (x[j] - kernel::dot(row + j + 1, x + j + 1, size - j - 1)) / row[j];
  }
}

KINDRED_END
