// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/kernel/dense.hpp>

#include <cstdio>
#include <ctime>
#include <vector>

namespace bench {

// Flops in a second of products of rows that stay in the nearest cache: what sums over vectors are measured by.
inline double most_flops() {
  std::vector<float> const row(2048, 1.0f);
  constexpr int products = 400000;
  float sum = 0;
  std::clock_t const start = std::clock();
  for (int k = 0; k != products; ++k) sum += kindred::kernel::dot(row.data(), row.data() + (k % 16) * 64, 1024);
  double const seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  return sum > 0 && seconds > 0 ? 2.0 * 1024 * products / seconds : 0;
}

inline void say_flops(char const* of, double flops, double seconds) {
  std::printf("%.1f GFLOP/s %s, %.0f %% of what dot does in the nearest cache\n", flops / seconds / 1e9, of,
              100 * flops / seconds / most_flops());
}

}  // namespace bench
