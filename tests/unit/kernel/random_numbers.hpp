// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>

namespace support {

// Numbers of a normal distribution.
template <class T>
kindred::buffer<T> random_numbers(std::size_t count, std::uint64_t seed) {
  kindred::buffer<T> out(count);
  kindred::random_stream random(seed, 0);
  for (T& x : out) x = static_cast<T>(kindred::normal(random));
  return out;
}

}  // namespace support
