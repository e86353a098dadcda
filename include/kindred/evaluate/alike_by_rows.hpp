// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>

KINDRED_BEGIN

// How alike two items are by a similarity of their sparse rows: features, or who rated them. Does not own; 0 for items without a
// row.
//
//   alike_by_rows{about.rows(), jaccard{}}
template <real T, similarity<sparse_row<T>> S>
struct alike_by_rows {
  csr_view<T> rows;
  [[no_unique_address]] S alike = {};

  [[nodiscard]] T operator()(item_id i, item_id j) const noexcept {
    if (to_index(i) >= rows.rows() || to_index(j) >= rows.rows()) return T{0};
    return static_cast<T>(alike(rows.row(to_index(i)), rows.row(to_index(j))));
  }
};
template <real T, class S>
alike_by_rows(csr_view<T>, S) -> alike_by_rows<T, S>;

KINDRED_END
