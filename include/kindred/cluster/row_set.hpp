// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/dense_row_set.hpp>
#include <kindred/cluster/row_length.hpp>
#include <kindred/cluster/sparse_row_set.hpp>
#include <kindred/cluster/weighted_rows.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>

KINDRED_BEGIN

namespace detail {

// The set of rows for a view, weighted or not.
template <real T, executor E>
[[nodiscard]] dense_row_set<T> row_set_of(matrix_view<T> rows, row_length length, E& ex) {
  return {rows, {}, length, ex};
}
template <real T, executor E>
[[nodiscard]] sparse_row_set<T> row_set_of(csr_view<T> rows, row_length length, E& ex) {
  return {rows, {}, length, ex};
}
template <real T, executor E>
[[nodiscard]] dense_row_set<T> row_set_of(weighted_rows<matrix_view<T>> const& data, row_length length, E& ex) {
  return {data.rows, data.weight, length, ex};
}
template <real T, executor E>
[[nodiscard]] sparse_row_set<T> row_set_of(weighted_rows<csr_view<T>> const& data, row_length length, E& ex) {
  return {data.rows, data.weight, length, ex};
}

}  // namespace detail

KINDRED_END
