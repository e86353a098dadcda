// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/active.hpp>

#include <cstddef>

KINDRED_BEGIN

// The primitives of which dense distances and solvers are made, over rows of n numbers. Each is one pass, adds in the order
// that fold documents, and is symmetric in a and b to the last bit.
namespace kernel {

// The inner product: sum of a[k] b[k].
template <real T>
[[nodiscard]] T dot(T const* a, T const* b, std::size_t n) noexcept {
  return active<T>().dot(a, b, n);
}

// Sum of (a[k] - b[k])^2.
template <real T>
[[nodiscard]] T squared_l2(T const* a, T const* b, std::size_t n) noexcept {
  return active<T>().squared_l2(a, b, n);
}

// Sum of |a[k] - b[k]|.
template <real T>
[[nodiscard]] T l1(T const* a, T const* b, std::size_t n) noexcept {
  return active<T>().l1(a, b, n);
}

// The largest |a[k] - b[k]|; 0 for rows without numbers.
template <real T>
[[nodiscard]] T linf(T const* a, T const* b, std::size_t n) noexcept {
  return active<T>().linf(a, b, n);
}

// What cosine similarity is made of: the inner product of two rows, and of each with itself.
template <real T>
struct products {
  T ab, aa, bb;
};

// All three products in one pass; each has the bits that dot gives.
template <real T>
[[nodiscard]] products<T> products_of(T const* a, T const* b, std::size_t n) noexcept {
  T sum[3];
  active<T>().products(a, b, n, sum);
  return {sum[0], sum[1], sum[2]};
}

// y[k] += factor x[k].
template <real T>
void axpy(T factor, T const* x, T* y, std::size_t n) noexcept {
  active<T>().axpy(factor, x, y, n);
}

}  // namespace kernel

KINDRED_END
