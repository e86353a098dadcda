// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>

#include <concepts>

KINDRED_BEGIN

// A threshold on the inner product a . b for one row a, as a function of the other: constant + norm |b| + square |b|^2.
template <real T>
struct product_bound {
  T constant;
  T norm;
  T square;
};

// A comparison that is decided by the inner product: product_at_least(limit, squares, norm), of a row a with a . a = squares
// and |a| = norm, tells from which product on a row b is as close as `limit`. A search then multiplies matrices, which is
// half the work of subtracting, and asks the comparison itself about what is left; the margin for rounding is the search's
// business. A bound that is NaN bounds nothing.
template <class M, class T>
concept of_products = real<T> && requires(M const& how, T value) {
  { how.product_at_least(value, value, value) } noexcept -> std::same_as<product_bound<T>>;
};

KINDRED_END
