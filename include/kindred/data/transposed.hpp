// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <vector>

KINDRED_BEGIN

// The same matrix by columns. O(entries + rows + columns).
template <real T>
[[nodiscard]] csr<T> transposed(csr_view<T> from) {
  std::vector<offset_t> offset(std::size_t{from.columns()} + 1, 0);
  for (index_t const c : from.index()) ++offset[std::size_t{c} + 1];
  for (index_t c = 0; c != from.columns(); ++c) offset[c + 1] += offset[c];
  std::vector<offset_t> next(offset.begin(), offset.end() - 1);
  std::vector<index_t> index(from.size());
  std::vector<T> value(from.size());
  for (index_t r = 0; r != from.rows(); ++r) {
    auto const row = from.row(r);
    for (std::size_t k = 0; k != row.size(); ++k) {
      auto const at = static_cast<std::size_t>(next[row.index[k]]++);
      index[at] = r;
      value[at] = row.value[k];
    }
  }
  return csr<T>(csr_view<T>(unchecked, offset, index, value, from.rows()));
}

KINDRED_END
