// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/row.hpp>

#include <concepts>
#include <cstddef>

KINDRED_BEGIN

// Of one whole row: how many values, their sum, the sum of their squares.
struct row_sums {
  index_t count = 0;
  double sum = 0;
  double squares = 0;
};

template <real T>
[[nodiscard]] row_sums sums_of(sparse_row<T> row) noexcept {
  row_sums all{.count = static_cast<index_t>(row.size())};
  for (T const v : row.value) {
    all.sum += static_cast<double>(v);
    all.squares += static_cast<double>(v) * static_cast<double>(v);
  }
  return all;
}

// A similarity that is a few sums over the columns in which both rows have a value, and a formula at the end: cosine,
// Pearson, mean squared difference, Jaccard. Whoever writes theirs in this form gets one-against-all through the inverted
// index, where rows that share nothing cost nothing, instead of a loop over pairs.
//
// acc.add(a, b) is called once for every shared column, in ascending order of columns; acc.count tells how many there
// were; finish turns the sums, and those of each row as a whole, into a finite similarity, zero for "no evidence".
template <class S>
concept co_rated = std::copyable<S> && requires(S const& s, typename S::sums acc, row_sums const& row, double value) {
  { acc.add(value, value) } noexcept;
  { acc.count } -> std::convertible_to<index_t>;
  { s.finish(acc, row, row) } noexcept -> std::same_as<double>;
};

// A co_rated similarity of two rows, by merging them: the plain definition. O(|a| + |b|).
template <co_rated S, real T>
[[nodiscard]] double similarity_of(S const& how, sparse_row<T> a, sparse_row<T> b) noexcept {
  typename S::sums acc{};
  std::size_t j = 0;
  for (std::size_t k = 0; k != a.size(); ++k) {
    while (j != b.size() && b.index[j] < a.index[k]) ++j;
    if (j != b.size() && b.index[j] == a.index[k])
      acc.add(static_cast<double>(a.value[k]), static_cast<double>(b.value[j]));
  }
  return how.finish(acc, sums_of(a), sums_of(b));
}

KINDRED_END
