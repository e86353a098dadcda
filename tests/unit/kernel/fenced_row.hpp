// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace support {

// Normally distributed numbers between NaNs: whoever reads beside the row, poisons the result.
template <class T>
class fenced_row {
public:
  fenced_row(std::size_t size, std::size_t offset, std::uint64_t seed) : all_(size + 64, fence), offset_(offset) {
    kindred::random_stream random(seed, size);
    for (std::size_t k = 0; k != size; ++k) data()[k] = static_cast<T>(kindred::normal(random));
  }

  T* data() { return all_.data() + offset_; }
  T& operator[](std::size_t k) { return data()[k]; }
  std::vector<T> const& all() const { return all_; }

private:
  static constexpr T fence = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> all_;
  std::size_t offset_;
};

}  // namespace support
