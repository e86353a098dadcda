// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstdint>

KINDRED_BEGIN

// How k-means sees rows. `unit`: every row is divided by its length, so that only its direction counts.
enum class row_length : std::uint8_t { as_is, unit };

KINDRED_END
