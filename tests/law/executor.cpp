// SPDX-License-Identifier: BSL-1.0
#include "caught.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/testing/archetypes.hpp>
#include <kindred/testing/laws/executor.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <exception>
#include <stdexcept>

namespace {

struct forgets_the_last {
  std::size_t concurrency() const noexcept { return 2; }
  void bulk(std::size_t n, auto const& task) const { kindred::sequential::bulk(n > 5 ? n - 1 : n, task); }
};
struct repeats_one {
  std::size_t concurrency() const noexcept { return 2; }
  void bulk(std::size_t n, auto const& task) const {
    kindred::sequential::bulk(n, task);
    if (n > 50) task(50);
  }
};
struct counts_from_one {
  std::size_t concurrency() const noexcept { return 2; }
  void bulk(std::size_t n, auto const& task) const {
    for (std::size_t k = 1; k <= n; ++k) task(k);
  }
};
struct always_runs_one {
  std::size_t concurrency() const noexcept { return 1; }
  void bulk(std::size_t n, auto const& task) const { kindred::sequential::bulk(n == 0 ? 1 : n, task); }
};
struct idle {
  std::size_t concurrency() const noexcept { return 0; }
  void bulk(std::size_t n, auto const& task) const { kindred::sequential::bulk(n, task); }
};
struct rethrows_the_last_failure {
  std::size_t concurrency() const noexcept { return 1; }
  void bulk(std::size_t n, auto const& task) const {
    std::exception_ptr failure;
    for (std::size_t k = 0; k != n; ++k) {
      try {
        task(k);
      } catch (...) { failure = std::current_exception(); }
    }
    if (failure) std::rethrow_exception(failure);
  }
};
struct swallows_failures {
  std::size_t swallowed = 0;
  std::size_t concurrency() const noexcept { return 1; }
  void bulk(std::size_t n, auto const& task) {
    for (std::size_t k = 0; k != n; ++k) {
      try {
        task(k);
      } catch (...) { ++swallowed; }
    }
  }
};
struct throws_its_own {
  std::size_t concurrency() const noexcept { return 1; }
  void bulk(std::size_t n, auto const& task) const {
    try {
      kindred::sequential::bulk(n, task);
    } catch (...) { throw std::runtime_error("a task failed"); }
  }
};
struct broken_by_a_failure {
  bool broken = false;
  std::size_t concurrency() const noexcept { return 1; }
  void bulk(std::size_t n, auto const& task) {
    if (broken) return;
    try {
      kindred::sequential::bulk(n, task);
    } catch (...) {
      broken = true;
      throw;
    }
  }
};

template <class E>
kindred::testing::law_result check(E ex) {
  return kindred::testing::check_executor(ex, 1);
}

}  // namespace

TEST_CASE("check_executor: honest executors pass") {
  CHECK(holds(check(kindred::sequential{})));
  kindred::testing::executor_archetype backwards(0);
  CHECK(holds(kindred::testing::check_executor(backwards)));
  for (std::size_t const threads : {1u, 2u, 3u, 8u, 16u}) {
    kindred::thread_pool pool(threads);
    CHECK(holds(kindred::testing::check_executor(pool)));
  }
}

TEST_CASE("check_executor: liars are caught") {
  CHECK(caught(check(forgets_the_last{}), "number 6 had run 0 times"));
  CHECK(caught(check(repeats_one{}), "number 50 had run 2 times"));
  CHECK(caught(check(counts_from_one{}), "a number beyond them was run"));
  CHECK(caught(check(always_runs_one{}), "a number beyond them was run"));
  CHECK(caught(check(idle{}), "concurrency() is 0"));
  CHECK(caught(check(rethrows_the_last_failure{}), "the lowest failure is rethrown"));
  CHECK(caught(check(swallows_failures{}), "threw and bulk returned"));
  CHECK(caught(check(throws_its_own{}), "is not what task"));
  CHECK(caught(check(broken_by_a_failure{}), "threw and bulk returned"));
}
