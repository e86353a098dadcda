// SPDX-License-Identifier: BSL-1.0
#include <kindred/interop/first_failure.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/testing/laws/executor.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <thread>
#include <vector>

namespace {

// [model]
// Starts threads for every call and ends them again.
struct fresh_threads {
  std::size_t count;
  std::size_t concurrency() const noexcept { return count; }
  void bulk(std::size_t n, auto const& task) const {
    kindred::first_failure failure;
    std::vector<std::thread> crew;
    for (std::size_t t = 0; t != count; ++t)
      crew.emplace_back([&, t] {
        for (std::size_t k = t; k < n; k += count) failure.run(task, k);
      });
    for (std::thread& one : crew) one.join();
    failure.rethrow();
  }
};
static_assert(kindred::executor<fresh_threads>);
// [/model]

}  // namespace

TEST_CASE("the minimal executor keeps the laws") {
  for (std::size_t const count : {1u, 2u, 3u, 5u}) {
    fresh_threads several{count};
    auto const law = kindred::testing::check_executor(several);
    CHECK_MESSAGE(law.holds(), law.message());
  }
}
