// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/interop/first_failure.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace support {

// Executors on one thread that run tasks in an order nobody expects.
struct reversed {
  static constexpr std::size_t concurrency() noexcept { return 4; }
  void bulk(std::size_t n, auto const& task) const {
    kindred::first_failure failure;
    while (n != 0) failure.run(task, --n);
    failure.rethrow();
  }
};

struct shuffled {
  std::uint64_t seed = 1;

  static constexpr std::size_t concurrency() noexcept { return 7; }
  void bulk(std::size_t n, auto const& task) {
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    kindred::random_stream random(seed++, n);
    kindred::shuffle(random, std::span<std::size_t>(order));
    kindred::first_failure failure;
    for (std::size_t const k : order) failure.run(task, k);
    failure.rethrow();
  }
};

}  // namespace support
