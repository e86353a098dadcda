// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/similarity/co_rated.hpp>

#include <concepts>

KINDRED_BEGIN

// The sums of a similarity that asks of the shared columns only the sum of the products: cosine and its kin.
//
// In return for asking no more, all_pairs keeps 4 bytes a row for it where that is exact (stars, counts), and reads no
// values where all are one.
struct product_sum {
  double product = 0;
  constexpr void add(double a, double b) noexcept { product += a * b; }
};

// A similarity that is this sum times a number for either row: finish makes product * first(a) * second(b) of it, up to
// rounding and to a limit above, such as 1. A search then sees from one multiplication which pairs are worth finishing.
template <class S>
concept scaled_product =
    co_rated<S> && std::same_as<typename S::sums, product_sum> && requires(S const& s, row_facts_t<S> const& row) {
      { s.first(row) } noexcept -> std::same_as<double>;
      { s.second(row) } noexcept -> std::same_as<double>;
    };

KINDRED_END
