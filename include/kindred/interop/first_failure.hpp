// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstddef>
#include <exception>
#include <mutex>
#include <utility>

KINDRED_BEGIN

// Keeps what the task of the lowest number threw, however the threads were scheduled: the half of the executor contract
// that most thread pools lack. With it, adapting a pool is ten lines:
//
//   struct on_their_pool {
//     their_pool& pool;
//     std::size_t concurrency() const noexcept { return pool.size(); }
//     void bulk(std::size_t n, auto const& task) const {
//       kindred::first_failure failure;
//       pool.submit_and_wait(n, [&](std::size_t k) { failure.run(task, k); });
//       failure.rethrow();
//     }
//   };
//
// run() may be called from any number of threads at once and never throws; a task that succeeds costs nothing extra.
// rethrow() is for one thread, after all calls of run() have ended. Without exceptions both reduce to the call itself.
class first_failure {
public:
  void run(auto const& task, std::size_t k) noexcept {
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
    try {
      task(k);
    } catch (...) {
      std::lock_guard const hold(mutex_);
      if (!failure_ || k < lowest_) {
        failure_ = std::current_exception();
        lowest_ = k;
      }
    }
#else
    task(k);
#endif
  }

  // Throws what the failing task of the lowest number threw; returns when none did.
  void rethrow() {
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

private:
  std::mutex mutex_;
  std::exception_ptr failure_;
  std::size_t lowest_ = 0;
};

KINDRED_END
