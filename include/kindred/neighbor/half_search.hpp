// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/closest.hpp>
#include <kindred/neighbor/inverted_search.hpp>
#include <kindred/neighbor/neighbor_limits.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/touched_cells.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/similarity/co_rated.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Half of inverted_search, for a symmetric similarity: compares a row with the rows at places before its own, and hands
// every pair that is of use to both.
template <real T, co_rated S, class Cell, class V>
class half_search {
public:
  half_search(std::size_t rows, std::uint32_t min_shared) : min_shared_(min_shared), cells_(rows) {}

  // Offers `own` the neighbors at places before `self`; calls deliver(place, value) for those that the row is of use to: enough
  // holds, by place, below which similarity it is not.
  template <class Setup, class Deliver>
  void operator()(Setup const& all, index_t const* before, std::size_t self, std::vector<T> const& enough,
                  closest<T>& own, Deliver const& deliver) {
    index_t const row = all.ranked.id[self];
    add(all, row, before + all.rows.offset()[row]);
    auto const both = [&](std::size_t place) {
      Cell const& cell = cells_.all()[place];
      if (cell.empty() || cell.count() < min_shared_) return;
      index_t const other = all.ranked.id[place];
      double const exact = all.how.finish(cell.sums(all.scale), all.ranked.facts[self], all.ranked.facts[place]);
      T const value = checked((std::min)(row, other), (std::max)(row, other), static_cast<T>(exact));
      if (!(value > 0)) return;
      own.offer({other, value});
      if (value >= enough[place]) deliver(place, value);
    };
    if (cells_.listed()) {
      for (index_t const place : cells_.touched()) both(place);
    } else {
      for (std::size_t place = 0; place != self; ++place) both(place);
    }
    cells_.clear();
  }

private:
  // before[k]: how many rows at places before this one share its k-th column.
  template <class Setup>
  void add(Setup const& all, index_t row, index_t const* before) {
    auto const query = all.rows.row(row);
    all.columns.walk(query.index,
                     [&](index_t const* place, [[maybe_unused]] V const* value, std::size_t, std::size_t k) {
                       if constexpr (requires(Cell cell) { cell.add(); }) {
                         cells_.each(place, before[k], [](Cell& cell, std::size_t) { cell.add(); });
                       } else {
                         V const mine = all.value(row, query.value[k]);
                         cells_.each(place, before[k], [&](Cell& cell, std::size_t j) { cell.add(mine, value[j]); });
                       }
                     });
  }

  std::uint32_t min_shared_;
  touched_cells<Cell> cells_;
};

// All pairs of a symmetric similarity, each met once: where adding and finishing cost much, this is the quicker way, and where
// they cost next to nothing (a scaled_product) handing over costs more. Rows come in the order of their places, in waves: within a wave tasks
// share nothing but what every row had enough of before it, and what they hand over is given out after it. What a list
// keeps depends on what it was offered, not on when, so the tasks may run in any order.
template <real T, co_rated S, class Cell, class V, class Setup, executor E>
[[nodiscard]] neighbor_lists<T> half_pairs(Setup const& all, std::vector<index_t> const& before, neighbor_limits limits,
                                           E& ex) {
  constexpr std::size_t tasks = 16, parts = 32;
  struct handed {
    index_t place;
    index_t id;
    T value;
  };
  std::size_t const rows = all.rows.rows();
  std::size_t const part = rows / parts + 1;
  std::vector<closest<T>> lists(rows, closest<T>(limits.keep, 2));
  std::vector<T> enough(rows, T{0});  // below which another neighbor is of no use; zero while there is room
  std::vector<half_search<T, S, Cell, V>> search;
  search.reserve(tasks);
  for (std::size_t k = 0; k != (std::min)(tasks, rows); ++k) search.emplace_back(rows, limits.min_shared);

  for (std::size_t first = 0; first != rows;) {
    // Short at first, when lists are empty and everything is of use to everybody.
    std::size_t const wave = (std::min)(rows - first, std::clamp<std::size_t>(first, 256, 2048));
    std::size_t const grain = (wave - 1) / tasks + 1;
    std::vector<std::array<std::vector<handed>, parts>> out(chunk_count(wave, grain));
    for_chunks(ex, wave, grain, [&](std::size_t from, std::size_t to) {
      auto& mine = out[from / grain];
      for (std::size_t self = first + from; self != first + to; ++self) {
        index_t const id = all.ranked.id[self];
        search[from / grain](all, before.data(), self, enough, lists[self], [&](std::size_t place, T value) {
          mine[place / part].push_back({static_cast<index_t>(place), id, value});
        });
      }
    });
    ex.bulk(parts, [&](std::size_t k) {
      for (auto const& one : out)
        for (handed const& h : one[k]) {
          lists[h.place].offer({h.id, h.value});
          enough[h.place] = lists[h.place].least();
        }
      for (std::size_t self = (std::max)(first, k * part); self < (std::min)(first + wave, (k + 1) * part); ++self)
        enough[self] = lists[self].least();
    });
    first += wave;
  }

  std::vector<offset_t> offset(rows + 1, 0);
  for (std::size_t r = 0; r != rows; ++r) offset[r + 1] = offset[r] + lists[all.ranked.rank[r]].size();
  std::vector<neighbor<T>> entry(static_cast<std::size_t>(offset[rows]));
  for_chunks(ex, rows, 1024, [&](std::size_t from, std::size_t to) {
    for (std::size_t r = from; r != to; ++r) {
      auto const nearest = lists[all.ranked.rank[r]].sorted();
      std::copy(nearest.begin(), nearest.end(), entry.begin() + static_cast<std::ptrdiff_t>(offset[r]));
    }
  });
  return {std::move(offset), std::move(entry)};
}

}  // namespace detail

KINDRED_END
