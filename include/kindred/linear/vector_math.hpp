// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <cmath>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// What iterative solvers do with vectors as long as the parameters: in chunks, the same bits on any number of threads.
namespace detail {

inline constexpr std::size_t vector_grain = 16384;

template <executor E>
[[nodiscard]] double inner(E& ex, std::span<double const> a, std::span<double const> b) {
  return reduce_chunks<double>(ex, a.size(), vector_grain, [&](std::size_t first, std::size_t last) {
    double sum[4] = {};
    std::size_t j = first;
    for (; j + 4 <= last; j += 4)
      for (std::size_t l = 0; l != 4; ++l) sum[l] += a[j + l] * b[j + l];
    for (; j != last; ++j) sum[0] += a[j] * b[j];
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
  });
}

template <executor E>
[[nodiscard]] double norm(E& ex, std::span<double const> a) {
  return std::sqrt(inner(ex, a, a));
}

// y = y + a x.
template <executor E>
void add_scaled(E& ex, double a, std::span<double const> x, std::span<double> y) {
  for_chunks(ex, y.size(), vector_grain, [&](std::size_t first, std::size_t last) {
    for (std::size_t j = first; j != last; ++j) y[j] += a * x[j];
  });
}

// y = x + a y.
template <executor E>
void scale_and_add(E& ex, double a, std::span<double const> x, std::span<double> y) {
  for_chunks(ex, y.size(), vector_grain, [&](std::size_t first, std::size_t last) {
    for (std::size_t j = first; j != last; ++j) y[j] = x[j] + a * y[j];
  });
}

}  // namespace detail

KINDRED_END
