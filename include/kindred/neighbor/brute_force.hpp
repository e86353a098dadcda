// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/kernel/panel.hpp>
#include <kindred/kernel/panels.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/metric/products.hpp>
#include <kindred/neighbor/finite_rows.hpp>
#include <kindred/neighbor/gathered.hpp>
#include <kindred/neighbor/nearest_so_far.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/panel_filter.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// For comparisons of which nothing is known: everything passes, and no panels are kept.
struct no_filter {};

template <real T, class M>
[[nodiscard]] constexpr auto filter_for() noexcept {
  if constexpr (of_products<M, T>) return std::type_identity<products_filter<T, M>>{};
  else if constexpr (monotone_elementwise<M, T>) return std::type_identity<steps_filter<T, M>>{};
  else return std::type_identity<no_filter>{};
}

}  // namespace detail

// The exact search that compares with every row. For any comparison of dense rows, distance or similarity; O(rows x columns) a
// query, and in many dimensions no exact search is faster.
//
// A comparison that is decided by the inner product (see products.hpp) or monotone (see elementwise.hpp) is first computed
// for panels of rows, several queries at a time; only what may be among the closest is compared on its own. The rows and the
// values are those of the plain loop, to the bit.
//
// Looks into the rows, which have to outlive it, and keeps a copy of them in panels where that helps. Copies are
// independent. Searching allocates nothing and may be done from many threads.
template <real T, comparison<dense_row<T>> M>
class brute_force {
public:
  using value_type = T;

  // Throws error{data} naming a row with a number that is not finite. O(rows x columns).
  explicit brute_force(matrix_view<T> rows, M how = {}) : rows_(rows), how_(std::move(how)) {
    check_settings(how_);
    detail::check_finite_rows("brute_force", rows_);
    if constexpr (filters) {
      panels_ = kernel::panels<T>(rows_);
      filter_ = filter(rows_);
    }
  }

  [[nodiscard]] index_t size() const noexcept { return rows_.rows(); }
  [[nodiscard]] index_t columns() const noexcept { return rows_.columns(); }

  // The closest rows to a query of as many columns. A query with a number that is not finite is near nothing; rows whose
  // comparison overflows are left out.
  [[nodiscard]] std::size_t search(dense_row<T> query, std::span<neighbor<T>> out) const noexcept {
    KINDRED_ASSERT(query.size() == columns());
    if (out.empty() || !detail::is_finite_row(query)) return 0;
    asked one(query, out, nobody);
    scan({&one, 1});
    return one.kept.count();
  }

  // The `keep` closest rows of every row of `queries`, as search finds them: list q is of query q. Parallel over queries.
  template <executor E>
  [[nodiscard]] neighbor_lists<T> search_each(matrix_view<T> queries, std::size_t keep, E& ex) const {
    return lists_of(queries, keep, false, ex);
  }

  // The `keep` closest other rows of every row: all pairs, in the memory of the lists.
  template <executor E>
  [[nodiscard]] neighbor_lists<T> search_all(std::size_t keep, E& ex) const {
    return lists_of(rows_, keep, true, ex);
  }

private:
  using filter = typename decltype(detail::filter_for<T, M>())::type;
  using closest = detail::nearest_so_far<T, traits_of<M>.direction>;
  static constexpr bool filters = !std::is_same_v<filter, detail::no_filter>;
  static constexpr index_t nobody = index_limit;
  // Queries that go through the panels together: their rows and those of a panel share the nearest caches.
  static constexpr std::size_t block = 128;

  struct asked {
    dense_row<T> row;
    closest kept;
    index_t skip;

    asked(dense_row<T> query, std::span<neighbor<T>> out, index_t without) noexcept
        : row(query), kept(out), skip(without) {}
  };

  void scan(std::span<asked> queries) const noexcept {
    if constexpr (filters) {
      for (; !queries.empty(); queries = queries.subspan((std::min)(block, queries.size())))
        scan_panels(queries.first((std::min)(block, queries.size())));
    } else {
      for (asked& q : queries)
        for (index_t r = 0; r != size(); ++r) meet(q, r);
    }
  }

  void meet(asked& q, index_t r) const noexcept {
    if (r != q.skip) q.kept.add(r, static_cast<T>(how_(q.row, rows_.row(r))));
  }

  void scan_panels(std::span<asked> queries) const noexcept
    requires filters
  {
    constexpr std::size_t width = kernel::lanes<T>;
    constexpr std::size_t group = kernel::panel_queries;
    typename filter::query of[block];
    typename filter::bound bound[block];
    T const* row[block];
    for (std::size_t q = 0; q != queries.size(); ++q) {
      of[q] = filter::query_of(queries[q].row);
      bound[q] = filter_.at(how_, of[q], queries[q].kept.limit());
      row[q] = queries[q].row.data();
    }
    for (std::size_t p = 0; p != panels_.count(); ++p)
      for (std::size_t first = 0; first < queries.size(); first += group) {
        T sum[group * width];
        std::size_t const count = (std::min)(group, queries.size() - first);
        filter_.compare(how_, row + first, count, panels_.panel(p), columns(), sum);
        for (std::size_t q = 0; q != count; ++q) {
          int mark[width];
          asked& one = queries[first + q];
          if (!filter_.passing(how_, bound[first + q], sum + q * width, p, mark)) continue;
          T const limit = one.kept.limit();
          std::size_t const rows = (std::min)(width, size() - p * width);
          for (std::size_t r = 0; r != rows; ++r)
            if (mark[r] != 0) meet(one, static_cast<index_t>(p * width + r));
          if (one.kept.limit() != limit) bound[first + q] = filter_.at(how_, of[first + q], one.kept.limit());
        }
      }
  }

  template <executor E>
  [[nodiscard]] neighbor_lists<T> lists_of(matrix_view<T> queries, std::size_t keep, bool all_pairs, E& ex) const {
    if (queries.columns() != columns() && queries.rows() != 0)
      raise(error(error_kind::shape) << "brute_force: queries have " << queries.columns() << " columns, and the rows "
                                     << columns());
    keep = (std::min)(keep, std::size_t{size()});
    std::vector<neighbor<T>> entry(queries.rows() * keep);
    std::vector<offset_t> offset(std::size_t{queries.rows()} + 1, 0);
    for_chunks(ex, queries.rows(), block, [&](std::size_t first, std::size_t last) {
      std::vector<asked> each;
      for (std::size_t q = first; q != last; ++q) {
        dense_row<T> const row = queries.row(static_cast<index_t>(q));
        bool const finite = detail::is_finite_row(row);
        each.emplace_back(row, std::span(entry).subspan(q * keep, finite ? keep : 0),
                          all_pairs ? static_cast<index_t>(q) : nobody);
      }
      if (keep != 0) scan(each);
      for (std::size_t q = first; q != last; ++q) offset[q + 1] = each[q - first].kept.count();
    });
    return detail::gathered(std::move(offset), std::move(entry), keep);
  }

  matrix_view<T> rows_;
  M how_;
  [[no_unique_address]] std::conditional_t<filters, kernel::panels<T>, detail::no_filter> panels_;
  [[no_unique_address]] filter filter_;
};

KINDRED_END
