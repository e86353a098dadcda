// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "peer_commands.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

namespace bench {

// Seconds of the wall that work(pool) takes on two threads beside those on one, in turns, the medians of five. Nothing else should run.
inline void say_two_threads(char const* name, auto const& work) {
  std::array<std::array<double, 5>, 2> took;
  for (std::size_t run = 0; run != 5; ++run)
    for (std::size_t threads = 1; threads != 3; ++threads) {
      kindred::thread_pool pool(threads);
      auto const start = std::chrono::steady_clock::now();
      work(pool);
      took[threads - 1][run] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
  for (auto& all : took) std::sort(all.begin(), all.end());
  say(name, took[1][2], {"one_thread", took[0][2]});
}

}  // namespace bench
