// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

KINDRED_BEGIN

namespace detail {

// A sum of losses, and of the weights they came with.
struct weighted_loss {
  double loss = 0;
  double weight = 0;
  weighted_loss operator+(weighted_loss const& o) const noexcept { return {loss + o.loss, weight + o.weight}; }
};

}  // namespace detail

KINDRED_END
