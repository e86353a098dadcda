// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/testing/laws/result.hpp>

#include <atomic>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

namespace testing {

namespace detail {

template <executor E>
[[nodiscard]] law_result check_every_task_once(E& ex, std::size_t n) {
  std::vector<std::atomic<unsigned>> runs(n);
  std::atomic<std::size_t> beyond = 0;
  ex.bulk(n, [&](std::size_t k) {
    if (k < n) runs[k].fetch_add(1);
    else beyond.fetch_add(1);
  });
  if (beyond != 0)
    return broken("each task runs once") << "of " << n << " tasks, one with a number beyond them was run";
  for (std::size_t k = 0; k != n; ++k)
    if (runs[k] != 1)
      return broken("each task runs once")
             << "of " << n << " tasks, number " << k << " had run " << runs[k].load() << " times when bulk returned";
  return {};
}

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
struct failed_task {
  std::size_t number;
};

// Tasks that fail: those above `lowest` of which the remainder by 3 is that of `lowest`. The lowest comes late.
template <executor E>
[[nodiscard]] law_result check_lowest_failure(E& ex, std::size_t n, std::size_t lowest) {
  std::atomic<int> running = 0;
  auto const leave = [&](std::size_t k, bool failing) {
    running.fetch_sub(1);
    if (failing) throw failed_task{k};
  };
  try {
    ex.bulk(n, [&](std::size_t k) {
      running.fetch_add(1);
      for (unsigned volatile spin = 0; k == lowest && spin < 20000;) spin = spin + 1;
      leave(k, k >= lowest && k % 3 == lowest % 3);
    });
  } catch (failed_task const& failure) {
    if (failure.number != lowest)
      return broken("the lowest failure is rethrown")
             << "of " << n << " tasks, number " << lowest << " was the first of those that threw, "
             << "and the failure of number " << failure.number << " came out";
    if (running != 0)
      return broken("bulk returns when all tasks have ended") << "some still ran when a failure came out";
    return {};
  } catch (...) {
    return broken("the lowest failure is rethrown") << "what came out is not what task " << lowest << " threw";
  }
  return broken("the lowest failure is rethrown") << "task " << lowest << " of " << n << " threw and bulk returned";
}
#endif

}  // namespace detail

// The laws of an executor: every task runs once and has ended when bulk returns, also for 0 and 1 tasks; of several
// failures the one with the lowest number comes out, as it was thrown, and the executor works on; a sum over chunks has
// the bits that sequential gives. Races show only sometimes: it tries each `rounds` times.
template <executor E>
law_result check_executor(E& ex, int rounds = 8) {
  if (ex.concurrency() == 0) return detail::broken("something runs at a time") << "concurrency() is 0";
  for (int round = 0; round != rounds; ++round) {
    for (std::size_t const n : {0u, 1u, 2u, 3u, 7u, 64u, 1000u})
      if (auto const law = detail::check_every_task_once(ex, n); !law.holds()) return law;
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
    for (std::size_t const lowest : {0u, 1u, 5u, 61u, 99u})
      if (auto const law = detail::check_lowest_failure(ex, 100, lowest); !law.holds()) return law;
    if (auto const law = detail::check_every_task_once(ex, 100); !law.holds()) return law;  // still at work
#endif
    auto const part = [](std::size_t first, std::size_t last) {
      double sum = 0;
      for (std::size_t k = first; k != last; ++k) sum += 1 / (static_cast<double>(k) + 0.7);
      return sum;
    };
    sequential alone;
    double const expected = reduce_chunks<double>(alone, 10000, 37, part);
    double const found = reduce_chunks<double>(ex, 10000, 37, part);
    if (!detail::same_bits(expected, found))
      return detail::broken("a sum over chunks is the same bits on any executor")
             << found << " differs from " << expected << " by " << found - expected;
  }
  return {};
}

}  // namespace testing

KINDRED_END
