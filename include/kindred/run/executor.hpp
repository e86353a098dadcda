// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <concepts>
#include <cstddef>

KINDRED_BEGIN

namespace detail {
struct any_task {  // stands for "every callable", which a concept cannot say
  void operator()(std::size_t) const;
};
}  // namespace detail

// What runs the tasks of an algorithm: your own thread pool with two members.
//
// bulk(n, task) calls task(0) ... task(n - 1), in any order and on any thread, and returns when all have ended; if some
// threw, it rethrows the failure of the lowest number. concurrency() is a hint about how many run at once; no result
// depends on it. Algorithms call bulk from one thread and never from inside a task.
template <class E>
concept executor = requires(E& ex, std::size_t n, detail::any_task const& task) {
  { ex.concurrency() } noexcept -> std::same_as<std::size_t>;
  ex.bulk(n, task);
};

// Runs everything on the calling thread, in order: the default wherever an executor is asked for.
struct sequential {
  [[nodiscard]] static constexpr std::size_t concurrency() noexcept { return 1; }
  static constexpr void bulk(std::size_t n, auto const& task) {
    for (std::size_t k = 0; k != n; ++k) task(k);
  }
};

KINDRED_END
