// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstdint>

KINDRED_BEGIN

// What a normal distribution knows of its columns.
//
//   diagonal  how wide each is: clusters are ellipsoids along the axes. One number a column.
//   full      how they vary together as well: ellipsoids in any direction. columns^2 / 2 numbers.
enum class covariance_shape : std::uint8_t { diagonal, full };

KINDRED_END
