// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/shared_count.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// How many neighbors all_pairs keeps of every row, and how many columns two rows must share to be compared at all: one at
// least, for zero counts as one.
struct neighbor_limits {
  std::uint32_t keep = 40;
  std::uint32_t min_shared = 1;
};

namespace detail {

// Adds a neighbor that is one. A similarity that is not a number would order lists at random, and an infinite one would
// end as NaN in whatever is averaged with it.
template <real T>
void keep_if_near(std::vector<neighbor<T>>& found, index_t row, index_t other, T value) {
  if (!is_finite(value))
    raise(error(error_kind::numeric).at(row, other)
          << "the similarity of rows " << row << " and " << other << " is not a finite number");
  if (value > 0) found.push_back({other, value});
}

// The values of a matrix, less the centers of its rows; `by_row` says whether the rows are those of the matrix, or its
// columns.
template <real T>
[[nodiscard]] std::vector<double> centered_values(csr_view<T> from, std::vector<double> const& center, bool by_row) {
  std::vector<double> value;
  value.reserve(from.size());
  for (index_t r = 0; r != from.rows(); ++r) {
    auto const row = from.row(r);
    for (std::size_t k = 0; k != row.size(); ++k)
      value.push_back(static_cast<double>(row.value[k]) - center[by_row ? r : row.index[k]]);
  }
  return value;
}

// What all tasks share: the facts of every row, and the matrix, less the centers of its rows where the similarity has any.
template <real T, co_rated S>
struct inverted_setup {
  using value_type = std::conditional_t<centers_rows<S>, double, T>;

  inverted_setup(csr_view<T> rows_in, csr_view<T> columns_in, S const& how_in) : how(how_in) {
    facts.reserve(rows_in.rows());
    std::vector<double> center;
    for (index_t r = 0; r != rows_in.rows(); ++r) {
      row_sums const sums = sums_of(rows_in.row(r), rows_in.columns());
      facts.push_back(row_facts_of(how, sums));
      if constexpr (centers_rows<S>) center.push_back(how.center(sums));
    }
    if constexpr (centers_rows<S>) {
      row_value = centered_values(rows_in, center, true);
      column_value = centered_values(columns_in, center, false);
      rows = {unchecked, rows_in.offset(), rows_in.index(), row_value, rows_in.columns()};
      columns = {unchecked, columns_in.offset(), columns_in.index(), column_value, columns_in.columns()};
    } else {
      rows = rows_in;
      columns = columns_in;
    }
  }

  csr_view<value_type> rows;
  csr_view<value_type> columns;
  S const& how;
  std::vector<row_facts_t<S>> facts;
  std::vector<double> row_value;
  std::vector<double> column_value;
};

// The rows that a co_rated similarity finds near one row: by walking the columns of that row, so that only rows which
// share something are ever met.
template <real T, co_rated S>
class inverted_search {
public:
  using setup = inverted_setup<T, S>;

  explicit inverted_search(setup const& all) : all_(all), acc_(all.rows.rows()) {}

  void operator()(index_t row, std::uint32_t min_shared, std::vector<neighbor<T>>& found) {
    auto const query = all_.rows.row(row);
    for (std::size_t k = 0; k != query.size(); ++k) {
      auto const column = all_.columns.row(query.index[k]);
      auto const a = static_cast<double>(query.value[k]);
      for (std::size_t j = 0; j != column.size(); ++j) {
        auto& acc = acc_[column.index[j]];
        if (acc.count == 0) touched_.push_back(column.index[j]);
        acc.add(a, static_cast<double>(column.value[j]));
      }
    }
    for (index_t const other : touched_) {
      if (other != row && acc_[other].count >= min_shared) {
        auto const& sums = without_count<typename S::sums>(acc_[other]);
        keep_if_near(found, row, other, static_cast<T>(all_.how.finish(sums, all_.facts[row], all_.facts[other])));
      }
      acc_[other] = {};
    }
    touched_.clear();
  }

private:
  setup const& all_;
  std::vector<with_count<typename S::sums>> acc_;
  std::vector<index_t> touched_;
};

// The rows that any similarity finds near one row: by comparing with every other.
template <real T, class S>
class pairwise_search {
public:
  struct setup {
    setup(csr_view<T> rows_in, csr_view<T>, S const& how_in) : rows(rows_in), how(how_in) {}
    csr_view<T> rows;
    S const& how;
  };

  explicit pairwise_search(setup const& all) : rows_(all.rows), how_(all.how) {}

  void operator()(index_t row, std::uint32_t min_shared, std::vector<neighbor<T>>& found) const {
    for (index_t other = 0; other != rows_.rows(); ++other) {
      if (other == row || shared(rows_.row(row), rows_.row(other)) < min_shared) continue;
      keep_if_near(found, row, other, static_cast<T>(how_(rows_.row(row), rows_.row(other))));
    }
  }

private:
  [[nodiscard]] static std::size_t shared(sparse_row<T> a, sparse_row<T> b) noexcept {
    std::size_t count = 0;
    for (std::size_t k = 0, j = 0; k != a.size() && j != b.size();) {
      if (a.index[k] == b.index[j]) ++count;
      if (a.index[k] <= b.index[j]) ++k;
      else ++j;
    }
    return count;
  }

  csr_view<T> rows_;
  S const& how_;
};

}  // namespace detail

// The nearest rows of every row of a sparse matrix: at most `keep` each, with a similarity above zero, closest first, ties by
// ascending id.
//
// `columns` is the same matrix by columns. A co_rated similarity costs the sum over columns of their squared lengths; any
// other one compares all pairs. Memory: keep neighbors a row and, for every task under way, one accumulator a row; never
// rows x rows. Parallel over rows, the same bits on any number of threads. Throws error{numeric} when a similarity is not
// a finite number, naming the rows.
template <real T, similarity<sparse_row<T>> S, executor E>
[[nodiscard]] neighbor_lists<T> all_pairs(csr_view<T> rows, csr_view<T> columns, S const& how, neighbor_limits limits,
                                          E& ex) {
  // Each task clears an accumulator a row once, so there are few tasks, and enough of them for many threads.
  std::size_t const grain = rows.rows() / 128 + 1;
  limits.min_shared = (std::max)(limits.min_shared, std::uint32_t{1});
  using search = typename decltype([] {
    if constexpr (co_rated<S>) return std::type_identity<detail::inverted_search<T, S>>{};
    else return std::type_identity<detail::pairwise_search<T, S>>{};
  }())::type;

  typename search::setup const all(rows, columns, how);
  std::vector<std::vector<neighbor<T>>> part(chunk_count(rows.rows(), grain));
  std::vector<offset_t> offset(std::size_t{rows.rows()} + 1, 0);
  for_chunks(ex, rows.rows(), grain, [&](std::size_t first, std::size_t last) {
    search find(all);
    std::vector<neighbor<T>> found;
    auto& kept = part[first / grain];
    for (std::size_t r = first; r != last; ++r) {
      found.clear();
      find(static_cast<index_t>(r), limits.min_shared, found);
      auto const count = std::min<std::size_t>(limits.keep, found.size());
      auto const end = found.begin() + static_cast<std::ptrdiff_t>(count);
      std::nth_element(found.begin(), end, found.end(), is_closer<T>);
      std::sort(found.begin(), end, is_closer<T>);
      kept.insert(kept.end(), found.begin(), end);
      offset[r + 1] = count;
    }
  });
  for (index_t r = 0; r != rows.rows(); ++r) offset[r + 1] += offset[r];
  std::vector<neighbor<T>> entry;
  entry.reserve(static_cast<std::size_t>(offset.back()));
  for (auto& kept : part) {
    entry.insert(entry.end(), kept.begin(), kept.end());
    std::vector<neighbor<T>>().swap(kept);
  }
  return {std::move(offset), std::move(entry)};
}

KINDRED_END
