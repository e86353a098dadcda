// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/patchable_rows.hpp>
#include <kindred/neighbor/live_rows.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/patchable_lists.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Keeps lists of neighbors what all_pairs would find, while the rows that are compared change.
template <real T, class S>
class live_lists {
public:
  // `columns` are the same matrix as `rows`, by columns; both change only between the calls.
  struct matrix {
    patchable_rows<T> const& rows;
    patchable_rows<T> const& columns;
  };

  explicit live_lists(patchable_rows<T> const& rows) : search_(rows) {}

  // Finds the neighbors of the changed rows anew, in ascending order, moves these rows in the lists of all others, and finds
  // those lists anew that may have missed somebody. Calls hear(r, other, value) for everybody who is a neighbor of r now or
  // has another similarity, and forget(r, other) for everybody who may no longer be one, before hearing of it again. Ends
  // halfway when there is no memory, or with error{numeric} for a similarity that is not finite: lists of rows that are renewed
  // later are right again.
  template <class Hear, class Forget>
  void renew(S const& how, matrix of, std::uint32_t min_shared, std::vector<index_t> const& changed,
             patchable_lists<T>& near_by, Hear const& hear, Forget const& forget) {
    for (index_t const r : changed) search_.changed(of.rows, r);
    std::vector<index_t> open;
    for (index_t const r : changed) {
      search_.each_near(how, of.rows, of.columns, min_shared, r, [&](index_t other, T, T back) {
        if (std::binary_search(changed.begin(), changed.end(), other)) return;
        auto const moved = near_by.move(other, {r, back});
        if (moved.dropped != index_limit) forget(other, moved.dropped);
        if (back > 0 && moved.dropped != r) hear(other, r, back);
        if (!moved.right) open.push_back(other);
      });
    }
    open.insert(open.end(), changed.begin(), changed.end());
    std::sort(open.begin(), open.end());
    open.erase(std::unique(open.begin(), open.end()), open.end());
    for (index_t const r : open) {
      std::vector<neighbor<T>> found;
      search_.each_near(how, of.rows, of.columns, min_shared, r, [&](index_t other, T value, T) {
        if (value > 0) found.push_back({other, value});
      });
      for (auto const& one : near_by.of(r)) forget(r, one.id);
      near_by.replace(r, std::move(found));
      for (auto const& one : near_by.of(r)) hear(r, one.id, one.value);
    }
  }

private:
  live_rows<T, S> search_;
};

}  // namespace detail

KINDRED_END
