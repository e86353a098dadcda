// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

// Inner products with sparse rows. Scalar: the entries that meet are few, and finding them is the work.
//
// All of them add the products in ascending order of the columns, one after the other, so that the way of finding them, which
// is chosen by the lengths, does not show in the bits.
namespace kernel {

// Walks both rows side by side: O(|a| + |b|). Which of the two numbers is smaller cannot be predicted, so that nothing is
// asked: both are compared, and the results are counted on.
template <real T>
[[nodiscard]] T dot_by_merge(sparse_row<T> a, sparse_row<T> b) noexcept {
  std::size_t i = 0;
  std::size_t j = 0;
  T sum = 0;
  while (i != a.size() && j != b.size()) {
    index_t const x = a.index[i];
    index_t const y = b.index[j];
    if (x == y) sum += a.value[i] * b.value[j];
    i += x <= y;
    j += y <= x;
  }
  return sum;
}

// Looks up every entry of the short row in what is left of the long one, in steps that double until they have passed it, then
// by halves: O(|few| log(|many| / |few|)).
template <real T>
[[nodiscard]] T dot_by_gallop(sparse_row<T> few, sparse_row<T> many) noexcept {
  std::size_t first = 0;  // whatever stands before it is below the column that is looked for
  T sum = 0;
  for (std::size_t i = 0; i != few.size(); ++i) {
    index_t const column = few.index[i];
    std::size_t step = 1;
    while (step < many.size() - first && many.index[first + step] < column) {
      first += step;
      step *= 2;
    }
    std::size_t const end = step < many.size() - first ? first + step + 1 : many.size();
    std::size_t count = end - first;
    while (count != 0) {
      std::size_t const half = count / 2;
      if (many.index[first + half] < column) {
        first += half + 1;
        count -= half + 1;
      } else {
        count = half;
      }
    }
    if (first == many.size()) break;
    if (many.index[first] == column) sum += few.value[i] * many.value[first];
  }
  return sum;
}

// Rows that differ in length by more than this factor are galloped through.
inline constexpr std::size_t gallop_from = 8;

// The inner product of two sparse rows. O(min(|a| + |b|, |a| log(|b| / |a|))) for a the shorter.
template <real T>
[[nodiscard]] T dot(sparse_row<T> a, sparse_row<T> b) noexcept {
  if (a.size() > b.size()) return dot(b, a);
  return b.size() / gallop_from > a.size() ? dot_by_gallop(a, b) : dot_by_merge(a, b);
}

// The inner product of a sparse row and a dense one that has all of its columns: O(|a|).
template <real T>
[[nodiscard]] T dot(sparse_row<T> a, dense_row<T> b) noexcept {
  T sum = 0;
  for (std::size_t i = 0; i != a.size(); ++i) {
    KINDRED_ASSERT(a.index[i] < b.size());
    sum += a.value[i] * b[a.index[i]];
  }
  return sum;
}

template <real T>
[[nodiscard]] T dot(dense_row<T> a, sparse_row<T> b) noexcept {
  return dot(b, a);
}

}  // namespace kernel

KINDRED_END
