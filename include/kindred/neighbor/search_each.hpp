// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/gathered.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// The `keep` closest rows of each of many queries, by any search: list q is of row q of `queries`, which has rows() and
// row(q). Parallel over queries, the same lists on any number of threads. A search that has a faster way of its own is asked
// for it: brute_force, for one, answers several queries at a time.
template <class S, class Queries, executor E>
  requires neighbor_search<S, decltype(std::declval<Queries const&>().row(index_t{}))>
[[nodiscard]] neighbor_lists<value_t<S>> search_each(S const& search, Queries const& queries, std::size_t keep, E& ex) {
  if constexpr (requires { search.search_each(queries, keep, ex); }) {
    return search.search_each(queries, keep, ex);
  } else {
    using T = value_t<S>;
    keep = (std::min)(keep, std::size_t{search.size()});
    std::vector<neighbor<T>> entry(queries.rows() * keep);
    std::vector<offset_t> offset(std::size_t{queries.rows()} + 1, 0);
    for_chunks(ex, queries.rows(), 64, [&](std::size_t first, std::size_t last) {
      for (std::size_t q = first; q != last; ++q)
        offset[q + 1] = search.search(queries.row(static_cast<index_t>(q)), std::span(entry).subspan(q * keep, keep));
    });
    return detail::gathered(std::move(offset), std::move(entry), keep);
  }
}

KINDRED_END
