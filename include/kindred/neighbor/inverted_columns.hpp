// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/csr_view.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A hint that memory will be read soon, where the compiler has a way of saying so.
inline void prefetch([[maybe_unused]] void const* where) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(where);
#endif
}

// What walking the columns of a matrix for many rows needs, made once: the facts of every row, and the rows in a new order,
// those with most values first.
//
// In that order what is added to most lies together, and stays in the fastest cache; `rank` is the place of a row, `id` the row at
// a place. Facts are by place.
template <co_rated S>
struct ranked_rows {
  template <real T, executor E>
  ranked_rows(csr_view<T> rows, S const& how, E& ex) : id(rows.rows()), rank(rows.rows()), facts(rows.rows()) {
    std::iota(id.begin(), id.end(), index_t{0});
    std::sort(id.begin(), id.end(), [&](index_t a, index_t b) {
      std::size_t const x = rows.row(a).size(), y = rows.row(b).size();
      return x != y ? x > y : a < b;
    });
    for (index_t at = 0; at != rows.rows(); ++at) rank[id[at]] = at;
    if constexpr (centers_rows<S>) center.resize(rows.rows());
    for_chunks(ex, rows.rows(), 1024, [&](std::size_t first, std::size_t last) {
      for (std::size_t at = first; at != last; ++at) {
        row_sums const sums = sums_of(rows.row(id[at]), rows.columns());
        facts[at] = row_facts_of(how, sums);
        if constexpr (centers_rows<S>) center[id[at]] = how.center(sums);
      }
    });
  }

  std::vector<index_t> id;
  std::vector<index_t> rank;
  std::vector<row_facts_t<S>> facts;
  std::vector<double> center;  // by row, where the similarity has any
};

// The columns of a matrix as lists of the places of rows, and of values beside them: V is what they are kept as.
//
// Values may be left out, where all are one or only their number counts.
template <class V>
class inverted_columns {
public:
  // `place` gives the place of a row, `value(row, old)` what is kept of a value.
  template <real T, executor E, class Value>
  inverted_columns(csr_view<T> columns, std::vector<index_t> const& place, bool with_values, Value const& value, E& ex)
      : offset_(columns.offset()), place_(columns.size()), value_(with_values ? columns.size() : 0) {
    auto const index = columns.index();
    auto const old = columns.value();
    for_chunks(ex, columns.size(), std::size_t{1} << 16, [&](std::size_t first, std::size_t last) {
      for (std::size_t k = first; k != last; ++k) place_[k] = place[index[k]];
      if (!with_values) return;
      for (std::size_t k = first; k != last; ++k) value_[k] = value(index[k], old[k]);
    });
  }

  // Puts every list in ascending order of places. Returns, for every entry of the matrix in the order of its rows, how many
  // in its list come before it.
  template <real T, class Value>
  [[nodiscard]] std::vector<index_t> order(csr_view<T> rows, std::vector<index_t> const& row_at, Value const& value) {
    std::vector<offset_t> next(offset_.begin(), offset_.end());
    std::vector<index_t> before(rows.size());
    for (index_t at = 0; at != row_at.size(); ++at) {
      index_t const r = row_at[at];
      auto const row = rows.row(r);
      index_t* const mine = before.data() + rows.offset()[r];
      for (std::size_t k = 0; k != row.size(); ++k) {
        auto const to = static_cast<std::size_t>(next[row.index[k]]++);
        place_[to] = at;
        if (!value_.empty()) value_[to] = value(r, row.value[k]);
        mine[k] = static_cast<index_t>(to - static_cast<std::size_t>(offset_[row.index[k]]));
      }
    }
    return before;
  }

  // Calls visit(places, values, count, k) for the columns column[k] of a query, in order; values is null where there are none.
  // What will be read next is fetched ahead: lists lie all over the memory.
  template <class Visit>
  void walk(std::span<index_t const> column, Visit const& visit) const {
    constexpr std::size_t ahead = 24, soon = 8;
    for (std::size_t k = 0; k != column.size(); ++k) {
      if (k + ahead < column.size()) prefetch(offset_.data() + column[k + ahead]);
      if (k + soon < column.size()) {
        auto const next = static_cast<std::size_t>(offset_[column[k + soon]]);
        prefetch(place_.data() + next);
        prefetch(place_.data() + next + 16);
        if (!value_.empty()) {
          prefetch(value_.data() + next);
          prefetch(value_.data() + next + 64 / sizeof(V));
        }
      }
      auto const first = static_cast<std::size_t>(offset_[column[k]]);
      auto const count = static_cast<std::size_t>(offset_[column[k] + 1]) - first;
      visit(place_.data() + first, value_.empty() ? nullptr : value_.data() + first, count, k);
    }
  }

private:
  std::span<offset_t const> offset_;
  std::vector<index_t> place_;
  std::vector<V> value_;
};

KINDRED_END
