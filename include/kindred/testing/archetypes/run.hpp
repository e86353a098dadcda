// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/run/executor.hpp>
#include <kindred/run/observer.hpp>

#include <cstddef>
#include <exception>

KINDRED_BEGIN

namespace testing {

// An executor and no more: it can be neither copied nor moved, and takes the liberties that the concept leaves, in that
// it claims many threads and runs the last task first.
class executor_archetype {
public:
  explicit executor_archetype(int) noexcept {}
  executor_archetype(executor_archetype const&) = delete;
  executor_archetype& operator=(executor_archetype const&) = delete;

  [[nodiscard]] std::size_t concurrency() noexcept { return 64; }

  void bulk(std::size_t n, auto const& task) {
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
    std::exception_ptr failure;  // at last of the lowest task that threw
    for (std::size_t k = n; k-- != 0;) {
      try {
        task(k);
      } catch (...) { failure = std::current_exception(); }
    }
    if (failure) std::rethrow_exception(failure);
#else
    for (std::size_t k = n; k-- != 0;) task(k);
#endif
  }
};

// An observer and no more: neither copied nor moved, called as an lvalue, stopping when it was told often enough.
class observer_archetype {
public:
  explicit observer_archetype(int calls) noexcept : left_(calls) {}
  observer_archetype(observer_archetype const&) = delete;
  observer_archetype& operator=(observer_archetype const&) = delete;

  flow operator()(progress const&) & { return --left_ > 0 ? flow::proceed : flow::stop; }

private:
  int left_;
};

}  // namespace testing

KINDRED_END
