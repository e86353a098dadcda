// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>

KINDRED_BEGIN

namespace detail {

// Whether a row has nothing but finite numbers: a query that has not is near nothing.
template <real T>
[[nodiscard]] bool is_finite_row(dense_row<T> row) noexcept {
  bool finite = true;
  for (T const& x : row) finite = finite && is_finite(x);
  return finite;
}

// Refuses rows that a search could not order.
template <real T>
void check_finite_rows(char const* who, matrix_view<T> rows) {
  for (index_t r = 0; r != rows.rows(); ++r) {
    dense_row<T> const row = rows.row(r);
    if (is_finite_row(row)) continue;
    std::size_t column = 0;
    while (is_finite(row[column])) ++column;
    raise(error(error_kind::data).at(r, column)
          << who << ": column " << column << " of row " << r << " is not a finite number");
  }
}

}  // namespace detail

KINDRED_END
