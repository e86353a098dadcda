// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstddef>

#if !defined(__GNUC__)
#include <atomic>
#endif

KINDRED_BEGIN

namespace detail {

// How many own a thing, counted on any threads; at first one does.
//
// It is what std::atomic does. GCC and clang do it without <atomic>, whose 20 000 lines would be half of what any_scorer, and
// with it every file of a program that recommends, costs to compile.
class owner_count {
public:
  void add() noexcept {
#if defined(__GNUC__)
    __atomic_fetch_add(&count_, std::size_t{1}, __ATOMIC_RELAXED);
#else
    count_.fetch_add(1, std::memory_order_relaxed);
#endif
  }

  // One owner less. True for the last, who has then seen all that the others did.
  [[nodiscard]] bool leave() noexcept {
#if defined(__GNUC__)
    return __atomic_fetch_sub(&count_, std::size_t{1}, __ATOMIC_ACQ_REL) == 1;
#else
    return count_.fetch_sub(1, std::memory_order_acq_rel) == 1;
#endif
  }

  // Whether an owner who asks is the only one, and has seen what those did who left.
  [[nodiscard]] bool is_one() const noexcept {
#if defined(__GNUC__)
    return __atomic_load_n(&count_, __ATOMIC_ACQUIRE) == 1;
#else
    return count_.load(std::memory_order_acquire) == 1;
#endif
  }

private:
#if defined(__GNUC__)
  std::size_t count_ = 1;
#else
  std::atomic<std::size_t> count_ = 1;
#endif
};

}  // namespace detail

KINDRED_END
