// SPDX-License-Identifier: BSL-1.0
#include <kindred/interop/thread_pool.hpp>

#include <kindred/core/error.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

static_assert(kindred::executor<kindred::thread_pool>);
static_assert(!std::is_copy_constructible_v<kindred::thread_pool> &&
              !std::is_move_constructible_v<kindred::thread_pool>);
static_assert(!std::is_convertible_v<std::size_t, kindred::thread_pool>);

namespace {

constexpr std::size_t thread_counts[] = {1, 2, 3, 8,
                                         16};  // more than most machines have: oversubscription is the rule here

struct failed {
  std::size_t task;
};

std::atomic<int> plain_function_calls{0};
void plain_function(std::size_t) { ++plain_function_calls; }

}  // namespace

TEST_CASE("thread_pool: concurrency counts the caller") {
  for (std::size_t threads : thread_counts) CHECK(kindred::thread_pool(threads).concurrency() == threads);
  CHECK(kindred::thread_pool().concurrency() >= 1);
  CHECK(kindred::thread_pool(0).concurrency() == kindred::thread_pool().concurrency());
}

TEST_CASE("thread_pool: a number of threads that cannot be meant is refused") {
  try {
    kindred::thread_pool pool(static_cast<std::size_t>(-1));
    FAIL("made a pool of 2^64 - 1 threads");
  } catch (kindred::error const& e) {
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(std::string_view(e.what()).find("18446744073709551615") != std::string_view::npos);
  }
}

TEST_CASE("thread_pool: every task runs once, whatever the numbers of tasks and threads") {
  for (std::size_t threads : thread_counts) {
    kindred::thread_pool pool(threads);
    for (std::size_t n :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{15}, std::size_t{1000}}) {
      std::vector<std::atomic<int>> runs(n + 1);
      pool.bulk(n, [&](std::size_t k) { ++runs[k]; });
      std::size_t once = 0;
      for (std::size_t k = 0; k != n; ++k)
        if (runs[k] == 1) ++once;
      CHECK(once == n);
      CHECK(runs[n] == 0);
    }
  }
}

TEST_CASE("thread_pool: what a task wrote without synchronisation is seen by the caller and by the next call") {
  kindred::thread_pool pool(4);
  std::vector<std::uint64_t> value(64, 1);
  for (int round = 0; round != 20; ++round)
    pool.bulk(value.size(), [&](std::size_t k) { value[k] = value[k] * 3 + k; });
  for (std::size_t k = 0; k != value.size(); ++k) {
    std::uint64_t expected = 1;
    for (int round = 0; round != 20; ++round) expected = expected * 3 + k;
    CHECK(value[k] == expected);
  }
}

TEST_CASE("thread_pool: other threads take part") {
  // Two tasks that wait for each other can only end if two threads run them.
  kindred::thread_pool pool(2);
  std::atomic<int> arrived{0};
  pool.bulk(2, [&](std::size_t) {
    ++arrived;
    while (arrived != 2) std::this_thread::yield();
  });
  CHECK(arrived == 2);
  // And again after the threads have gone to sleep.
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  arrived = 0;
  pool.bulk(2, [&](std::size_t) {
    ++arrived;
    while (arrived != 2) std::this_thread::yield();
  });
  CHECK(arrived == 2);
}

TEST_CASE("thread_pool: a sum has the same bits on any number of threads") {
  std::vector<double> value(10'000);
  for (std::size_t k = 0; k != value.size(); ++k)
    value[k] = std::sin(static_cast<double>(k)) * std::pow(10.0, double(k % 13));
  auto const sum = [&](auto& ex) {
    return kindred::reduce_chunks<double>(ex, value.size(), 37, [&](std::size_t first, std::size_t last) {
      double s = 0;
      for (std::size_t k = first; k != last; ++k) s += value[k];
      return s;
    });
  };
  kindred::sequential one;
  auto const expected = std::bit_cast<std::uint64_t>(sum(one));
  for (std::size_t threads : thread_counts) {
    kindred::thread_pool pool(threads);
    for (int repeat = 0; repeat != 10; ++repeat) CHECK(std::bit_cast<std::uint64_t>(sum(pool)) == expected);
  }
}

TEST_CASE("thread_pool: the lowest failure wins, the other tasks still run, and the pool can be used again") {
  for (std::size_t threads : thread_counts) {
    kindred::thread_pool pool(threads);
    for (int repeat = 0; repeat != 50; ++repeat) {
      std::atomic<std::size_t> runs{0};
      std::size_t caught = 999;
      try {
        pool.bulk(40, [&](std::size_t k) {
          ++runs;
          if (k % 7 == 3) throw failed{k};  // 3, 10, 17, 24, 31, 38
        });
      } catch (failed const& f) { caught = f.task; }
      CHECK(caught == 3);
      CHECK(runs == 40);
      runs = 0;
      pool.bulk(5, [&](std::size_t) { ++runs; });
      CHECK(runs == 5);
    }
  }
}

TEST_CASE("thread_pool: takes tasks of any kind by reference") {
  kindred::thread_pool pool(2);
  pool.bulk(3, plain_function);
  CHECK(plain_function_calls == 3);
  struct uncopyable {
    std::atomic<int>& runs;
    explicit uncopyable(std::atomic<int>& r) : runs(r) {}
    uncopyable(uncopyable const&) = delete;
    uncopyable& operator=(uncopyable const&) = delete;
    void operator()(std::size_t) const { ++runs; }
  };
  std::atomic<int> runs{0};
  pool.bulk(4, uncopyable(runs));
  CHECK(runs == 4);
}

TEST_CASE("thread_pool: callers on several threads take turns") {
  kindred::thread_pool pool(3);
  std::atomic<int> inside[4] = {};
  std::atomic<int> overlaps{0};
  std::size_t sums[4] = {};
  std::vector<std::thread> callers;
  for (std::size_t c = 0; c != 4; ++c)
    callers.emplace_back([&, c] {
      for (int repeat = 0; repeat != 100; ++repeat) {
        std::atomic<std::size_t> sum{0};
        pool.bulk(10, [&](std::size_t k) {
          ++inside[c];
          std::this_thread::yield();
          for (std::size_t other = 0; other != 4; ++other)
            if (other != c && inside[other] != 0) ++overlaps;
          sum += k;
          --inside[c];
        });
        sums[c] += sum;
      }
    });
  for (std::thread& caller : callers) caller.join();
  CHECK(overlaps == 0);
  for (std::size_t sum : sums) CHECK(sum == 100 * 45);
}

TEST_CASE("thread_pool: a hundred thousand small calls") {
  for (std::size_t threads : {std::size_t{2}, std::size_t{5}}) {
    kindred::thread_pool pool(threads);
    std::vector<std::uint64_t> count(8, 0);
    for (int call = 0; call != 50'000; ++call)
      pool.bulk(1 + static_cast<std::size_t>(call) % 8, [&](std::size_t k) { ++count[k]; });
    // Task k runs in the calls whose size exceeds k: (8 - k) of every 8.
    for (std::size_t k = 0; k != 8; ++k) CHECK(count[k] == (8 - k) * 6'250);
  }
}

TEST_CASE("thread_pool: starts and ends without having worked") {
  for (int repeat = 0; repeat != 200; ++repeat) kindred::thread_pool pool(1 + static_cast<std::size_t>(repeat) % 6);
  for (int repeat = 0; repeat != 200; ++repeat) {  // ends while its threads are still looking for a seat
    kindred::thread_pool pool(4);
    pool.bulk(2, [](std::size_t) {});
  }
}
