// SPDX-License-Identifier: BSL-1.0
#include <kindred/interop/first_failure.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <thread>
#include <vector>

namespace {

struct failed {
  std::size_t task;
};

std::size_t rethrown(kindred::first_failure& failure) {
  try {
    failure.rethrow();
  } catch (failed const& f) { return f.task; }
  return 999;
}

}  // namespace

TEST_CASE("first_failure: nothing is thrown when nothing failed") {
  kindred::first_failure failure;
  std::size_t sum = 0;
  for (std::size_t k = 0; k != 4; ++k) failure.run([&](std::size_t task) { sum += task; }, k);
  CHECK_NOTHROW(failure.rethrow());
  CHECK(sum == 6);
}

TEST_CASE("first_failure: the lowest number wins in whatever order the tasks ran") {
  auto const task = [](std::size_t k) {
    if (k == 2 || k == 5 || k == 0) throw failed{k};
  };
  for (std::vector<std::size_t> const& order :
       {std::vector<std::size_t>{5, 1, 2, 3}, std::vector<std::size_t>{2, 3, 5}, std::vector<std::size_t>{2, 5}}) {
    kindred::first_failure failure;
    for (std::size_t k : order) failure.run(task, k);
    CHECK(rethrown(failure) == 2);
    CHECK_NOTHROW(failure.rethrow());  // told once
  }
  kindred::first_failure failure;
  failure.run(task, 2);
  failure.run(task, 0);  // zero is a number like any other
  CHECK(rethrown(failure) == 0);
}

TEST_CASE("first_failure: many threads fail at once") {
  kindred::first_failure failure;
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t != 8; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t k = 0; k != 100; ++k) failure.run([](std::size_t n) { throw failed{n}; }, 7 + k * 8 + t);
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(rethrown(failure) == 7);
}
