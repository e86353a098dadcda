// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/closest.hpp>
#include <kindred/neighbor/inverted_columns.hpp>
#include <kindred/neighbor/neighbor_limits.hpp>
#include <kindred/neighbor/product_sieve.hpp>
#include <kindred/neighbor/touched_cells.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/product_sum.hpp>
#include <kindred/view/csr_view.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace detail {

// A similarity that is not a number would order lists at random, and an infinite one would end as NaN in whatever is
// averaged with it.
template <real T>
[[nodiscard]] T checked(index_t row, index_t other, T value) {
  if (!is_finite(value))
    raise(error(error_kind::numeric).at(row, other)
          << "the similarity of rows " << row << " and " << other << " is not a finite number");
  return value;
}

// Offers a neighbor that is one.
template <real T>
void offer_if_near(closest<T>& found, index_t row, index_t other, T value) {
  if (checked(row, other, value) > 0) found.offer({other, value});
}

// The rows that a co_rated similarity finds near one row: by walking the columns of that row, so that only rows which
// share something are ever met.
//
// Cell is what is added up of a pair (pair_cells.hpp), V what values are kept as (unused by cells that only count), `scale`
// what a cell multiplies its sums by.
template <real T, co_rated S, class Cell, class V>
class inverted_search {
public:
  static constexpr bool sifts = scaled_product<S> && requires(Cell cell) { cell.product(); };

  // What all tasks share. `value(row, v)` is how a value of a row is kept.
  template <class Value>
  struct setup {
    template <executor E>
    setup(csr_view<T> rows_in, csr_view<T> columns_in, S const& how_in, ranked_rows<S> const& ranked_in,
          bool with_values, Value const& value_in, double scale_in, E& ex)
        : rows(rows_in),
          how(how_in),
          ranked(ranked_in),
          columns(columns_in, ranked_in.rank, with_values, value_in, ex),
          value(value_in),
          scale(scale_in) {
      if constexpr (sifts) factor = sieve_factors(how, ranked.facts);
    }

    csr_view<T> rows;
    S const& how;
    ranked_rows<S> const& ranked;
    inverted_columns<V> columns;
    Value const& value;
    double scale;
    std::vector<float> factor;
  };

  explicit inverted_search(std::size_t rows, neighbor_limits limits)
      : min_shared_(limits.min_shared),
        cells_(rows),
        sieve_(std::size_t{limits.keep} + 1, limits.min_shared, sifts ? rows : 0) {}

  template <class Value>
  void operator()(setup<Value> const& all, index_t row, closest<T>& found) {
    add(all, row);
    index_t const self = all.ranked.rank[row];
    auto const& facts = all.ranked.facts[self];
    auto const finish = [&](std::size_t place, Cell const& cell) {
      if (cell.empty() || place == self) return;
      if constexpr (requires { cell.count(); })
        if (cell.count() < min_shared_) return;
      double const value = all.how.finish(cell.sums(all.scale), facts, all.ranked.facts[place]);
      offer_if_near(found, row, all.ranked.id[place], static_cast<T>(value));
    };
    if constexpr (sifts) {
      if (!all.factor.empty()) {
        if (cells_.listed()) sieve_.add(cells_.touched(), cells_.all().data(), all.factor.data());
        else sieve_.add(cells_.all(), all.factor.data());
        sieve_.drain([&](std::size_t place) { finish(place, cells_.all()[place]); });
        cells_.clear();
        return;
      }
    }
    if (cells_.listed()) {
      for (index_t const place : cells_.touched()) finish(place, cells_.all()[place]);
    } else {
      for (std::size_t place = 0; place != all.rows.rows(); ++place) finish(place, cells_.all()[place]);
    }
    cells_.clear();
  }

private:
  template <class Value>
  void add(setup<Value> const& all, index_t row) {
    auto const query = all.rows.row(row);
    all.columns.walk(query.index, [&](index_t const* place, [[maybe_unused]] V const* value, std::size_t count,
                                      [[maybe_unused]] std::size_t k) {
      if constexpr (requires(Cell cell) { cell.add(); }) {
        cells_.each(place, count, [](Cell& cell, std::size_t) { cell.add(); });
      } else {
        V const mine = all.value(row, query.value[k]);
        cells_.each(place, count, [&](Cell& cell, std::size_t j) { cell.add(mine, value[j]); });
      }
    });
  }

  std::uint32_t min_shared_;
  touched_cells<Cell> cells_;
  product_sieve sieve_;
};

}  // namespace detail

KINDRED_END
