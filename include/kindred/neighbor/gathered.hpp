// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Lists of many queries, made of places for `keep` neighbors each, of which offset[q + 1] are taken: the gaps are closed.
template <real T>
[[nodiscard]] neighbor_lists<T> gathered(std::vector<offset_t> offset, std::vector<neighbor<T>> entry,
                                         std::size_t keep) {
  for (std::size_t q = 0; q + 1 != offset.size(); ++q) {
    auto const from = entry.begin() + static_cast<std::ptrdiff_t>(q * keep);
    std::copy(from, from + static_cast<std::ptrdiff_t>(offset[q + 1]),
              entry.begin() + static_cast<std::ptrdiff_t>(offset[q]));
    offset[q + 1] += offset[q];
  }
  entry.resize(static_cast<std::size_t>(offset.back()));
  return {std::move(offset), std::move(entry)};
}

}  // namespace detail

KINDRED_END
