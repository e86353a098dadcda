// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/closest.hpp>
#include <kindred/neighbor/half_search.hpp>
#include <kindred/neighbor/inverted_columns.hpp>
#include <kindred/neighbor/inverted_search.hpp>
#include <kindred/neighbor/neighbor_limits.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/pair_cells.hpp>
#include <kindred/neighbor/value_kind.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/product_sum.hpp>
#include <kindred/similarity/shared_count.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Lists of the closest, of tasks that each do a range of rows: find(row, found) offers the neighbors of a row.
template <real T, executor E, class MakeFind>
[[nodiscard]] neighbor_lists<T> collect_closest(index_t rows, std::uint32_t keep, E& ex, MakeFind const& make_find) {
  // Each task clears an accumulator a row once, so there are few tasks, and enough of them for many threads.
  std::size_t const grain = rows / 128 + 1;
  std::vector<std::vector<neighbor<T>>> part(chunk_count(rows, grain));
  std::vector<offset_t> offset(std::size_t{rows} + 1, 0);
  for_chunks(ex, rows, grain, [&](std::size_t first, std::size_t last) {
    auto find = make_find();
    closest<T> found(keep);
    auto& kept = part[first / grain];
    for (std::size_t r = first; r != last; ++r) {
      found.clear();
      find(static_cast<index_t>(r), found);
      auto const nearest = found.sorted();
      kept.insert(kept.end(), nearest.begin(), nearest.end());
      offset[r + 1] = nearest.size();
    }
  });
  for (index_t r = 0; r != rows; ++r) offset[r + 1] += offset[r];
  std::vector<neighbor<T>> entry;
  entry.reserve(static_cast<std::size_t>(offset.back()));
  for (auto& kept : part) {
    entry.insert(entry.end(), kept.begin(), kept.end());
    std::vector<neighbor<T>>().swap(kept);
  }
  return {std::move(offset), std::move(entry)};
}

// By the inverted index, with the smallest cells that hold the sums exactly.
template <real T, co_rated S, executor E>
[[nodiscard]] neighbor_lists<T> co_rated_pairs(csr_view<T> rows, csr_view<T> columns, S const& how,
                                               neighbor_limits limits, E& ex) {
  using sums = typename S::sums;
  ranked_rows<S> const ranked(rows, how, ex);
  auto const with = [&]<class Cell, class V>(std::type_identity<Cell>, std::type_identity<V>, bool with_values,
                                             double scale, auto const& value) {
    using search = inverted_search<T, S, Cell, V>;
    typename search::template setup<std::remove_cvref_t<decltype(value)>> all(rows, columns, how, ranked, with_values,
                                                                              value, scale, ex);
    if constexpr (traits_of<S>.symmetric && !search::sifts && requires(Cell cell) { cell.count(); }) {
      auto const before = all.columns.order(rows, ranked.id, value);
      return half_pairs<T, S, Cell, V>(all, before, limits, ex);
    } else {
      return collect_closest<T>(rows.rows(), limits.keep, ex, [&] {
        return
            [&, find = search(rows.rows(), limits)](index_t row, closest<T>& found) mutable { find(all, row, found); };
      });
    }
  };
  constexpr std::type_identity<std::int16_t> whole;
  auto const nothing = [](index_t, T) { return std::int16_t{0}; };
  auto const run = [&]<class Cell>(std::type_identity<Cell> cell) {
    if constexpr (centers_rows<S>)
      return with(cell, std::type_identity<double>{}, true, 1,
                  [&](index_t row, T v) { return static_cast<double>(v) - ranked.center[row]; });
    else return with(cell, std::type_identity<T>{}, true, 1, [](index_t, T v) { return v; });
  };
  if constexpr (std::same_as<sums, shared_count>) {
    return with(std::type_identity<count_cell<sums>>{}, whole, false, 1, nothing);
  } else if constexpr (std::same_as<sums, product_sum> && !centers_rows<S>) {
    value_kind const kind = value_kind_of(rows, ex);
    std::size_t const longest = rows.rows() != 0 ? rows.row(ranked.id[0]).size() : 0;
    if (kind.all_one) return with(std::type_identity<count_cell<sums>>{}, whole, false, 1, nothing);
    if (limits.min_shared > 1 || !kind.positive) return run(std::type_identity<sums_cell<sums>>{});
    if (!kind.products_fit(longest)) return run(std::type_identity<product_cell>{});
    return with(std::type_identity<whole_product_cell>{}, whole, true, kind.unit * kind.unit,
                [&](index_t, T v) { return static_cast<std::int16_t>(static_cast<double>(v) / kind.unit); });
  } else {
    return run(std::type_identity<sums_cell<sums>>{});
  }
}

// How many columns two rows share.
template <real T>
[[nodiscard]] std::size_t shared_columns(sparse_row<T> a, sparse_row<T> b) noexcept {
  std::size_t count = 0;
  for (std::size_t k = 0, j = 0; k != a.size() && j != b.size();) {
    if (a.index[k] == b.index[j]) ++count;
    if (a.index[k] <= b.index[j]) ++k;
    else ++j;
  }
  return count;
}

// By comparing every row with every other, for a similarity of which nothing is known but its value.
template <real T, class S, executor E>
[[nodiscard]] neighbor_lists<T> opaque_pairs(csr_view<T> rows, S const& how, neighbor_limits limits, E& ex) {
  return collect_closest<T>(rows.rows(), limits.keep, ex, [&] {
    return [&](index_t row, closest<T>& found) {
      for (index_t other = 0; other != rows.rows(); ++other)
        if (other != row && shared_columns(rows.row(row), rows.row(other)) >= limits.min_shared)
          offer_if_near(found, row, other, static_cast<T>(how(rows.row(row), rows.row(other))));
    };
  });
}

}  // namespace detail

// The nearest rows of every row of a sparse matrix: at most `keep` each, with a similarity above zero, closest first, ties by
// ascending id.
//
// `columns` is the same matrix by columns. A co_rated similarity costs the sum over columns of their squared lengths, or half of
// it where it is symmetric and more than a product; any other one compares all pairs. Memory: twice `keep` neighbors a row,
// a copy of the columns and as many numbers again, and for every task under way one accumulator a row; never rows x rows.
// Parallel over rows, the same bits on any number of threads. Throws error{numeric} when a similarity is not a finite number,
// naming the rows.
template <real T, similarity<sparse_row<T>> S, executor E>
[[nodiscard]] neighbor_lists<T> all_pairs(csr_view<T> rows, csr_view<T> columns, S const& how, neighbor_limits limits,
                                          E& ex) {
  limits.min_shared = (std::max)(limits.min_shared, std::uint32_t{1});
  if (limits.keep == 0) return {std::vector<offset_t>(std::size_t{rows.rows()} + 1, 0), {}};
  if constexpr (co_rated<S>) return detail::co_rated_pairs(rows, columns, how, limits, ex);
  else return detail::opaque_pairs(rows, how, limits, ex);
}

KINDRED_END
