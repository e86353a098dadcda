// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

KINDRED_BEGIN

// The sums of a similarity that asks of the shared columns only the sum of the products: cosine and its kin.
//
// A similarity whose sums are this type promises that finish makes zero of a product of zero. In return all_pairs keeps 4
// bytes a row for it where that is exact (values of few digits, such as stars and counts), and reads no values where all
// are one.
struct product_sum {
  double product = 0;
  constexpr void add(double a, double b) noexcept { product += a * b; }
};

KINDRED_END
