// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>

#include <span>

KINDRED_BEGIN

// Rows that do not count alike: a customer who stands for a thousand, a recent month that counts twice. A row of weight two
// is worth two equal rows; one of weight zero is assigned to a cluster and moves none.
//
// One finite number, zero or more, for each row.
template <class Rows>
struct weighted_rows {
  using value_type = value_t<Rows>;

  Rows rows;
  std::span<value_type const> weight;
};
template <class Rows, class Weights>
weighted_rows(Rows, Weights const&) -> weighted_rows<Rows>;

namespace detail {

template <class Rows>
inline constexpr bool is_rows = false;
template <real T>
inline constexpr bool is_rows<matrix_view<T>> = true;
template <real T>
inline constexpr bool is_rows<csr_view<T>> = true;
template <class Rows>
inline constexpr bool is_rows<weighted_rows<Rows>> = is_rows<Rows>;

}  // namespace detail

// What rows can be clustered: all their columns, or only those with a value; each alike, or with weights.
template <class Rows>
concept cluster_rows = detail::is_rows<Rows>;

KINDRED_END
