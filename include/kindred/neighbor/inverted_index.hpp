// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/pair_cells.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/shared_count.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Finds the rows of a sparse matrix that a co_rated similarity calls nearest to one sparse row, by walking the columns of that row:
// rows that share nothing with it are never met. A neighbor_search.
//
// Exact: the rows and the values, to the bit, of a loop over all rows with similarity_of(how, query, row, columns), without
// those whose similarity is not above zero, which are no neighbors. A search costs the lengths of the columns of the
// query, allocates nothing and may be run from many threads at once: accumulators for a few thousand rows at a time
// lie on the stack. 8 bytes a value for float, and what the similarity makes of every row.
//
// A similarity with a prepare wants rows and queries of data that have been prepared.
template <real T, co_rated S>
class inverted_index {
public:
  using value_type = T;

  // Copies what it needs. Throws error{setting} as the similarity's check() does. O(values + columns).
  explicit inverted_index(csr_view<T> rows, S how = {})
      : how_(std::move(how)), columns_(rows.columns()), offset_(std::size_t{rows.columns()} + 1, 0) {
    check_settings(how_);
    facts_.reserve(rows.rows());
    std::vector<double> center;
    for (index_t r = 0; r != rows.rows(); ++r) {
      row_sums const sums = sums_of(rows.row(r), columns_);
      facts_.push_back(row_facts_of(how_, sums));
      if constexpr (centers_rows<S>) center.push_back(how_.center(sums));
    }
    for (index_t const c : rows.index()) ++offset_[std::size_t{c} + 1];
    for (index_t c = 0; c != columns_; ++c) offset_[c + 1] += offset_[c];
    std::vector<offset_t> next(offset_.begin(), offset_.end() - 1);
    row_.resize(rows.size());
    value_.resize(rows.size());
    for (index_t r = 0; r != rows.rows(); ++r) {
      auto const row = rows.row(r);
      for (std::size_t k = 0; k != row.size(); ++k) {
        auto const at = static_cast<std::size_t>(next[row.index[k]]++);
        row_[at] = r;
        if constexpr (centers_rows<S>) value_[at] = static_cast<double>(row.value[k]) - center[r];
        else value_[at] = row.value[k];
      }
    }
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(facts_.size()); }

  // The closest rows, at most out.size(), closest first, ties by ascending id; returns how many. Columns that the matrix does not
  // have count as columns that nobody shares. A similarity that is not a finite number makes no neighbor.
  [[nodiscard]] std::size_t search(sparse_row<T> query, std::span<neighbor<T>> out) const noexcept {
    if (out.empty()) return 0;
    row_sums const sums = sums_of(query, columns_);
    auto const facts = row_facts_of(how_, sums);
    double center = 0;
    if constexpr (centers_rows<S>) center = how_.center(sums);

    std::array<cell, range> cells{};
    std::array<std::uint16_t, range + 1> touched;
    std::array<offset_t, cursors> cursor;  // where the list of a column goes on, for the first columns of the query
    std::size_t const known = (std::min)(query.size(), cursors);
    for (std::size_t k = 0; k != known; ++k) cursor[k] = query.index[k] < columns_ ? offset_[query.index[k]] : 0;

    std::size_t count = 0;
    for (std::size_t first = 0; first < facts_.size(); first += range) {
      std::size_t const last = (std::min)(first + range, facts_.size());
      std::size_t met = 0;
      for (std::size_t k = 0; k != query.size() && query.index[k] < columns_; ++k) {
        auto const end = static_cast<std::size_t>(offset_[query.index[k] + 1]);
        auto at = static_cast<std::size_t>(k < known ? cursor[k] : start_of(query.index[k], first));
        double const mine = static_cast<double>(query.value[k]) - center;
        for (; at != end && row_[at] < last; ++at) {
          std::size_t const place = row_[at] - first;
          touched[met] = static_cast<std::uint16_t>(place);
          met += cells[place].empty() ? 1u : 0u;
          if constexpr (requires(cell one) { one.add(); }) cells[place].add();
          else cells[place].add(mine, static_cast<double>(value_[at]));
        }
        if (k < known) cursor[k] = at;
      }
      for (std::size_t k = 0; k != met; ++k) {
        auto const place = touched[k];
        T const value = static_cast<T>(how_.finish(cells[place].sums(1), facts, facts_[first + place]));
        cells[place] = {};
        if (value > 0 && is_finite(value)) count = offer(out, count, {static_cast<index_t>(first + place), value});
      }
    }
    std::sort_heap(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), is_closer<T>);
    return count;
  }

private:
  using sums_type = typename S::sums;
  using cell = std::conditional_t<std::same_as<sums_type, shared_count>, detail::count_cell<sums_type>,
                                  detail::sums_cell<sums_type>>;
  using stored = std::conditional_t<centers_rows<S>, double, T>;
  static constexpr std::size_t range = sizeof(cell) < 64 ? 32768 / sizeof(cell) : 512;  // rows at a time: 32 kB
  static constexpr std::size_t cursors = 512;
  static_assert(range <= 65536);

  // Where in the list of a column the rows from `first` on begin.
  [[nodiscard]] offset_t start_of(index_t column, std::size_t first) const noexcept {
    auto const begin = row_.begin() + static_cast<std::ptrdiff_t>(offset_[column]);
    auto const end = row_.begin() + static_cast<std::ptrdiff_t>(offset_[column + 1]);
    return static_cast<offset_t>(std::lower_bound(begin, end, first) - row_.begin());
  }

  // out[0 ... count - 1] is a heap with the least close in front.
  [[nodiscard]] static std::size_t offer(std::span<neighbor<T>> out, std::size_t count, neighbor<T> one) noexcept {
    auto const end = out.begin() + static_cast<std::ptrdiff_t>(count);
    if (count != out.size()) {
      *end = one;
      std::push_heap(out.begin(), end + 1, is_closer<T>);
      return count + 1;
    }
    if (!is_closer(one, out[0])) return count;
    std::pop_heap(out.begin(), end, is_closer<T>);
    out[count - 1] = one;
    std::push_heap(out.begin(), end, is_closer<T>);
    return count;
  }

  S how_;
  index_t columns_ = 0;
  std::vector<offset_t> offset_;  // by column: where its rows begin
  std::vector<index_t> row_;
  std::vector<stored> value_;
  std::vector<row_facts_t<S>> facts_;
};

KINDRED_END
