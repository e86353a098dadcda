// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

KINDRED_BEGIN

// Says that the caller has checked what a constructor would otherwise have to: the spans come from a validated owner.
struct unchecked_t {
  explicit unchecked_t() = default;
};
inline constexpr unchecked_t unchecked{};

KINDRED_END
