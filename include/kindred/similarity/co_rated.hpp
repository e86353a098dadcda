// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/row.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

KINDRED_BEGIN

// Of one whole row: how many values, their sum, the sum of their squares; and how many columns the matrix has, 0 where only
// two rows are known.
struct row_sums {
  index_t count = 0;
  double sum = 0;
  double squares = 0;
  index_t columns = 0;
};

template <real T>
[[nodiscard]] row_sums sums_of(sparse_row<T> row, index_t columns = 0) noexcept {
  row_sums all{.count = static_cast<index_t>(row.size()), .columns = columns};
  for (T const v : row.value) {
    all.sum += static_cast<double>(v);
    all.squares += static_cast<double>(v) * static_cast<double>(v);
  }
  return all;
}

namespace detail {

template <class S>
struct row_facts {
  using type = row_sums;
};
template <class S>
  requires requires { typename S::row; }
struct row_facts<S> {
  using type = typename S::row;
};

}  // namespace detail

// What finish of S is told about each row as a whole: S::row if there is one, else row_sums.
template <class S>
using row_facts_t = typename detail::row_facts<S>::type;

template <class S>
[[nodiscard]] row_facts_t<S> row_facts_of(S const& how, row_sums const& sums) noexcept {
  if constexpr (requires { typename S::row; }) return how.of(sums);
  else return sums;
}

// A similarity that is a few sums over the columns in which both rows have a value, and a formula at the end: cosine,
// Pearson, mean squared difference, Jaccard. Whoever writes theirs in this form gets one-against-all through the inverted
// index, where rows that share nothing cost nothing, instead of a loop over pairs.
//
// acc.add(a, b) is called once for every shared column, in ascending order of columns; finish turns the sums, and those of
// each row as a whole, into a finite similarity, zero for "no evidence".
//
// Optional, for speed: a type `row` with `row of(row_sums const&) const noexcept` is what finish then takes of each row,
// made once a row and not once a pair. `double center(row_sums const&) const noexcept` is taken off every value of a row
// before it is added. And `ratings prepare<Row>(ratings const&) const` rewrites all values first (prepared.hpp).
template <class S>
concept co_rated =
    std::copyable<S> && requires(S const& s, typename S::sums acc, row_facts_t<S> const& row, double value) {
      { acc.add(value, value) } noexcept;
      { s.finish(acc, row, row) } noexcept -> std::same_as<double>;
    } && (!requires { typename S::row; } || requires(S const& s, row_sums const& sums) {
      { s.of(sums) } noexcept -> std::same_as<row_facts_t<S>>;
    });

// Whether finish looks at row_sums::columns, of which S tells by `static constexpr bool needs_columns = true`: then all
// similarities change when the matrix becomes wider, and not only those of the rows that changed.
template <class S>
inline constexpr bool reads_columns = [] {
  if constexpr (requires { S::needs_columns; }) return S::needs_columns;
  else return false;
}();

// A co_rated similarity whose values are measured from a center of their row, such as its mean.
template <class S>
concept centers_rows = requires(S const& s, row_sums const& sums) {
  { s.center(sums) } noexcept -> std::same_as<double>;
};

// A co_rated similarity of two rows, by merging them: the plain definition. O(|a| + |b|).
template <co_rated S, real T>
[[nodiscard]] double similarity_of(S const& how, sparse_row<T> a, sparse_row<T> b, index_t columns = 0) noexcept {
  row_sums const of_a = sums_of(a, columns), of_b = sums_of(b, columns);
  double center_a = 0, center_b = 0;
  if constexpr (centers_rows<S>) {
    center_a = how.center(of_a);
    center_b = how.center(of_b);
  }
  typename S::sums acc{};
  std::size_t j = 0;
  for (std::size_t k = 0; k != a.size(); ++k) {
    while (j != b.size() && b.index[j] < a.index[k]) ++j;
    if (j != b.size() && b.index[j] == a.index[k])
      acc.add(static_cast<double>(a.value[k]) - center_a, static_cast<double>(b.value[j]) - center_b);
  }
  return how.finish(acc, row_facts_of(how, of_a), row_facts_of(how, of_b));
}

KINDRED_END
