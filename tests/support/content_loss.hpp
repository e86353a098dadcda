// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>

namespace support {

// A loss that asks for nothing, so that what moves is moved by penalties alone.
struct content_loss {
  template <kindred::real T>
  T value(T, T) const noexcept {
    return 0;
  }
  template <kindred::real T>
  T slope(T, T) const noexcept {
    return 0;
  }
};

}  // namespace support
