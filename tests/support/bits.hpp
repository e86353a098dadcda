// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

namespace support {

// Equal bit by bit: tells -0 from 0, and NaN from other NaN.
template <class T>
bool same_bits(std::vector<T> const& a, std::vector<T> const& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

template <class T>
bool all_finite(std::vector<T> const& values) {
  for (T const& v : values)
    if (!kindred::is_finite(v)) return false;
  return true;
}

}  // namespace support
