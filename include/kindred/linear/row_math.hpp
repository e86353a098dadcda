// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>

KINDRED_BEGIN

// The two things that linear models do with a row of features, on numbers of another precision (the parameters of a
// solver are double, whatever the features are). Columns of the row must exist in the other operand.
namespace detail {

// Asks for the memory at `where` ahead of its use: what a sparse row gathers lies anywhere.
inline void prefetch([[maybe_unused]] void const* where) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(where);
#endif
}

// row . v, in the precision of v.
template <real T, real S>
[[nodiscard]] S dot(sparse_row<T> row, S const* v) noexcept {
  S even = 0;
  S odd = 0;
  std::size_t const n = row.size();
  std::size_t k = 0;
  for (; k + 2 <= n; k += 2) {
    even += static_cast<S>(row.value[k]) * v[row.index[k]];
    odd += static_cast<S>(row.value[k + 1]) * v[row.index[k + 1]];
  }
  if (k != n) even += static_cast<S>(row.value[k]) * v[row.index[k]];
  return even + odd;
}

template <real T, real S>
[[nodiscard]] S dot(dense_row<T> row, S const* v) noexcept {
  constexpr std::size_t lanes = 8;  // independent sums: as many as a compiler keeps in registers
  S sum[lanes] = {};
  std::size_t const n = row.size();
  T const* const x = row.data();
  std::size_t k = 0;
  for (; k + lanes <= n; k += lanes)
    for (std::size_t l = 0; l != lanes; ++l) sum[l] += static_cast<S>(x[k + l]) * v[k + l];
  for (std::size_t l = 0; k != n; ++k, ++l) sum[l] += static_cast<S>(x[k]) * v[k];
  return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

// v += a row.
template <real T, real S>
void add(sparse_row<T> row, S a, S* v) noexcept {
  for (std::size_t k = 0; k != row.size(); ++k) v[row.index[k]] += a * static_cast<S>(row.value[k]);
}

template <real T, real S>
void add(dense_row<T> row, S a, S* v) noexcept {
  T const* const x = row.data();
  for (std::size_t k = 0; k != row.size(); ++k) v[k] += a * static_cast<S>(x[k]);
}

// v += a row^2, element by element.
template <real T, real S>
void add_squares(sparse_row<T> row, S a, S* v) noexcept {
  for (std::size_t k = 0; k != row.size(); ++k) {
    S const x = static_cast<S>(row.value[k]);
    v[row.index[k]] += a * x * x;
  }
}

template <real T, real S>
void add_squares(dense_row<T> row, S a, S* v) noexcept {
  T const* const x = row.data();
  for (std::size_t k = 0; k != row.size(); ++k) v[k] += a * static_cast<S>(x[k]) * static_cast<S>(x[k]);
}

// matrix += a row row^T in the lower triangle; rows of the matrix are `stride` apart.
template <real T>
void add_outer(sparse_row<T> row, double a, double* matrix, std::size_t stride) noexcept {
  for (std::size_t k = 0; k != row.size(); ++k) {
    double* const line = matrix + row.index[k] * stride;
    double const scaled = a * static_cast<double>(row.value[k]);
    for (std::size_t l = 0; l <= k; ++l) line[row.index[l]] += scaled * static_cast<double>(row.value[l]);
  }
}

template <real T>
void add_outer(dense_row<T> row, double a, double* matrix, std::size_t stride) noexcept {
  for (std::size_t k = 0; k != row.size(); ++k) {
    double const scaled = a * static_cast<double>(row[k]);
    if (scaled == 0) continue;
    double* const line = matrix + k * stride;
    for (std::size_t l = 0; l <= k; ++l) line[l] += scaled * static_cast<double>(row[l]);
  }
}

// The same for four rows at once, so that the matrix is loaded and stored a quarter as often.
template <real T>
void add_outer(dense_row<T> const (&row)[4], double const (&a)[4], double* matrix, std::size_t stride) noexcept {
  for (std::size_t k = 0; k != row[0].size(); ++k) {
    double scaled[4];
    for (std::size_t m = 0; m != 4; ++m) scaled[m] = a[m] * static_cast<double>(row[m][k]);
    double* const line = matrix + k * stride;
    T const *const x = row[0].data(), *const y = row[1].data(), *const z = row[2].data(), *const w = row[3].data();
    for (std::size_t l = 0; l <= k; ++l)
      line[l] += (scaled[0] * static_cast<double>(x[l]) + scaled[1] * static_cast<double>(y[l])) +
                 (scaled[2] * static_cast<double>(z[l]) + scaled[3] * static_cast<double>(w[l]));
  }
}

}  // namespace detail

KINDRED_END
