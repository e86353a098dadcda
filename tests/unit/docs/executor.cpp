// SPDX-License-Identifier: BSL-1.0
#include <kindred/interop/first_failure.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <stdexcept>
#include <string>
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

double root_sum(auto& executor) {
  return kindred::reduce_chunks<double>(executor, 1000, 7, [](std::size_t first, std::size_t last) {
    double sum = 0;
    for (std::size_t k = first; k != last; ++k) sum += 1.0 / static_cast<double>(k + 1);
    return sum;
  });
}

}  // namespace

TEST_CASE("the minimal executor gives the same bits for any number of threads") {
  kindred::sequential one;
  double const expected = root_sum(one);
  for (std::size_t const count : {1u, 2u, 3u, 5u}) {
    fresh_threads const several{count};
    CHECK(root_sum(several) == expected);
  }
}

TEST_CASE("the minimal executor runs all tasks and rethrows the failure of the lowest number") {
  fresh_threads const several{3};
  std::vector<int> done(20);
  auto const task = [&](std::size_t k) {
    done[k] = 1;
    if (k == 13 || k == 5) throw std::runtime_error(std::to_string(k));
  };
  CHECK_THROWS_WITH_AS(several.bulk(done.size(), task), "5", std::runtime_error);
  CHECK(done == std::vector<int>(20, 1));
}
