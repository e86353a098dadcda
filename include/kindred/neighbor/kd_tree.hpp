// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/kernel/panels.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/neighbor/finite_rows.hpp>
#include <kindred/neighbor/kd_order.hpp>
#include <kindred/neighbor/nearest_so_far.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/panel_filter.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// An exact search in few dimensions - places, colors, prices - by a tree of boxes (Bentley, 1975; Friedman, Bentley and Finkel,
// 1977), for any monotone elementwise distance, metric or not. Leaves are panels: the rows that are looked at together are
// compared in registers. Beyond ten columns or so most boxes are in reach, and brute_force does the same work in order.
//
// Owns a copy of the rows: a value that may outlive them. Building takes O(n log n), in parallel, the same tree on any number
// of threads; a search among rows without clusters O(log n). Searching allocates nothing.
template <real T, monotone_elementwise<T> M>
  requires distance<M, dense_row<T>>
class kd_tree {
public:
  using value_type = T;
  static constexpr index_t most_columns = 32;

  explicit kd_tree(matrix_view<T> rows, M how = {}) : kd_tree(rows, std::move(how), sequential{}) {}
  // Throws error{shape} for no column or more than most_columns, and error{data} naming a row with a number that is not finite.
  template <class E>
    requires executor<std::remove_cvref_t<E>>
  kd_tree(matrix_view<T> rows, M how, E&& ex) : how_(std::move(how)), filter_(rows) {
    check_settings(how_);
    if (rows.columns() > most_columns || (rows.columns() == 0 && rows.rows() != 0))
      raise(error(error_kind::shape) << "kd_tree: " << rows.columns() << " columns; it takes 1 to " << most_columns
                                     << ", and brute_force any number");
    detail::check_finite_rows("kd_tree", rows);
    order_.resize(rows.rows());
    split_.resize(rows.rows() / kernel::panels<T>::width + 1);
    detail::kd_order<T>(rows, kernel::panels<T>::width, order_, split_).build(ex);
    panels_ = kernel::panels<T>(rows, order_);
  }

  [[nodiscard]] index_t size() const noexcept { return panels_.rows(); }
  [[nodiscard]] index_t columns() const noexcept { return panels_.columns(); }

  // The closest rows to a query of as many columns. A query with a number that is not finite is near nothing; rows whose
  // distance overflows are left out.
  [[nodiscard]] std::size_t search(dense_row<T> query, std::span<neighbor<T>> out) const noexcept {
    KINDRED_ASSERT(query.size() == columns());
    if (out.empty() || size() == 0 || !detail::is_finite_row(query)) return 0;
    asked one{query, closest(out), filter_.at(how_, {}, closest(out).limit()), {}};
    descend(one, 0, panels_.count());
    return one.kept.count();
  }

private:
  using filter = detail::steps_filter<T, M>;
  using closest = detail::nearest_so_far<T, sense::smaller_is_closer>;

  struct asked {
    dense_row<T> query;
    closest kept;
    typename filter::bound bound;
    T gap[most_columns];  // what each column adds at least, in the box that is looked at
  };

  // What rows of the box are away at least, by its gaps.
  [[nodiscard]] T least(asked const& one) const noexcept {
    detail::registers_join<M> const join{how_};
    T sum = one.gap[0];
    for (std::size_t k = 1; k != columns(); ++k) sum = join(sum, one.gap[k]);
    return sum;
  }

  // The nearer half first; the other one when it is in reach still.
  void descend(asked& one, std::size_t first, std::size_t last) const noexcept {
    if (last - first == 1) return scan(one, first);
    std::size_t const half = first + (last - first) / 2;
    detail::kd_split<T> const& split = split_[half];
    T const x = one.query[split.column];
    bool const lower = x / 2 - split.below / 2 < split.above / 2 - x / 2;  // halves do not overflow
    if (lower) descend(one, first, half);
    else descend(one, half, last);
    T const gap = how_.step(T{0}, x, lower ? split.above : split.below);
    T const before = std::exchange(one.gap[split.column], gap);
    if (!filter_.beyond(how_, one.bound, least(one))) {
      if (lower) descend(one, half, last);
      else descend(one, first, half);
    }
    one.gap[split.column] = before;
  }

  void scan(asked& one, std::size_t p) const noexcept {
    constexpr std::size_t width = kernel::panels<T>::width;
    T const* const panel = panels_.panel(p);
    T const* const row = one.query.data();
    T sum[width];
    int mark[width];
    filter_.compare(how_, &row, 1, panel, columns(), sum);
    if (!filter_.passing(how_, one.bound, sum, p, mark)) return;
    std::size_t const rows = size() - p * width < width ? size() - p * width : width;
    for (std::size_t r = 0; r != rows; ++r) {
      if (mark[r] == 0 || filter_.beyond(how_, one.bound, sum[r])) continue;
      T place[most_columns];
      for (std::size_t k = 0; k != columns(); ++k) place[k] = panel[k * width + r];
      T const value = how_(one.query, dense_row<T>(place, columns()));
      if (one.kept.add(order_[p * width + r], value)) one.bound = filter_.at(how_, {}, one.kept.limit());
    }
  }

  M how_;
  filter filter_;
  std::vector<index_t> order_;
  std::vector<detail::kd_split<T>> split_;
  kernel::panels<T> panels_;
};

KINDRED_END
