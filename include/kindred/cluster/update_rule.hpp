// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstdint>

KINDRED_BEGIN

// How k-means finds the closest center of every row, epoch after epoch. The answer is the same to the last bit; what differs
// is how much need not be computed anew, and what has to be remembered for it.
//
//   lloyd    every row with every center, by register tiles. Remembers nothing.
//   hamerly  a bound on the distance to the own center and one to all others: a row whose bounds part is left alone.
//            Hamerly, "Making k-means even faster" (2010). Two numbers a row.
//   yinyang  a bound to every group of about 16 centers, so that one far-moving center does not loosen all bounds.
//            Ding et al., "Yinyang k-means" (2015). 1 + clusters / 16 numbers a row, at most 33.
//   elkan    a bound to every center. Elkan, "Using the triangle inequality to accelerate k-means" (2003). 1 + clusters
//            numbers a row: for few rows with many columns.
//
// `automatic` takes yinyang for many clusters and hamerly for few.
enum class update_rule : std::uint8_t { automatic, lloyd, hamerly, yinyang, elkan };

KINDRED_END
