// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>

#include <concepts>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// What finds the rows near a query among size() rows: by looking at all of them, by a tree, by a graph.
//
// search(query, out) writes the closest rows to out, closest first, ties by ascending id, and returns how many there were:
// out.size(), or fewer when there are no more. It may be called from many threads at once. Exact searches - all in this
// folder - return the rows and the values, to the bit, that a loop over all rows with the same comparison would; approximate
// ones say so.
template <class S, class Row>
concept neighbor_search =
    std::movable<S> && real<value_t<S>> && requires(S const& s, Row query, std::span<neighbor<value_t<S>>> out) {
      { s.size() } noexcept -> std::same_as<index_t>;
      { s.search(query, out) } noexcept -> std::same_as<std::size_t>;
    };

KINDRED_END
