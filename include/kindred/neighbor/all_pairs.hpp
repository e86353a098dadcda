// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>

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

// The rows that a co_rated similarity finds near one row: by walking the columns of that row, so that only rows which
// share something are ever met.
template <real T, co_rated S>
class inverted_search {
public:
  inverted_search(csr_view<T> rows, csr_view<T> columns, S const& how, std::vector<row_sums> const& sums)
      : rows_(rows), columns_(columns), how_(how), row_sums_(sums), acc_(rows.rows()) {}

  void operator()(index_t row, std::uint32_t min_shared, std::vector<neighbor<T>>& found) {
    auto const query = rows_.row(row);
    for (std::size_t k = 0; k != query.size(); ++k) {
      auto const column = columns_.row(query.index[k]);
      auto const a = static_cast<double>(query.value[k]);
      for (std::size_t j = 0; j != column.size(); ++j) {
        auto& acc = acc_[column.index[j]];
        if (acc.count == 0) touched_.push_back(column.index[j]);
        acc.add(a, static_cast<double>(column.value[j]));
      }
    }
    for (index_t const other : touched_) {
      if (other != row && acc_[other].count >= min_shared) {
        keep_if_near(found, row, other, static_cast<T>(how_.finish(acc_[other], row_sums_[row], row_sums_[other])));
      }
      acc_[other] = {};
    }
    touched_.clear();
  }

private:
  csr_view<T> rows_;
  csr_view<T> columns_;
  S const& how_;
  std::vector<row_sums> const& row_sums_;
  std::vector<typename S::sums> acc_;
  std::vector<index_t> touched_;
};

// The rows that any similarity finds near one row: by comparing with every other.
template <real T, class S>
class pairwise_search {
public:
  pairwise_search(csr_view<T> rows, csr_view<T>, S const& how, std::vector<row_sums> const&) : rows_(rows), how_(how) {}

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

  std::vector<row_sums> sums(rows.rows());
  for (index_t r = 0; r != rows.rows(); ++r) sums[r] = sums_of(rows.row(r));
  std::vector<std::vector<neighbor<T>>> part(chunk_count(rows.rows(), grain));
  std::vector<offset_t> offset(std::size_t{rows.rows()} + 1, 0);
  for_chunks(ex, rows.rows(), grain, [&](std::size_t first, std::size_t last) {
    search find(rows, columns, how, sums);
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
