// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/interop/first_failure.hpp>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

KINDRED_BEGIN

// An executor on threads of its own, for programs that have no pool yet.
//
//   kindred::thread_pool pool(4);                                  // three threads are started; the caller is the fourth
//   auto model = kindred::fit(kindred::als{}, ratings, pool).model;
//
// bulk(n, task) calls task(0) ... task(n - 1) once each, on the pool's threads and on the caller's, in no particular order,
// and returns when all have ended. A task that throws does not keep the others from running; the failure of the lowest
// number is rethrown, and the pool can be used again. Tasks are handed out one by one through a counter, so make them
// chunks of work (see run/chunks.hpp). Nothing is allocated.
//
// The caller never waits for a thread to wake up: it works through the tasks itself, whoever is awake helps, and at the end
// it waits for those that did help. Threads look out for the next call for a tenth of a millisecond before they go to
// sleep, because a solver calls bulk thousands of times a second and waking them takes longer than many a task.
//
// bulk may be called from several threads; the calls take turns. It must not be called from inside a task (asserted in
// debug builds; it would wait for itself).
class thread_pool {
public:
  static constexpr std::size_t limit = 4096;

  // `threads` counts the caller's; 0 means as many as the machine runs at once. Throws kindred::error of kind setting when
  // there are more than `limit`, and of kind io when the operating system refuses to start one. (It delegates, so that
  // the destructor ends the threads that were started before.)
  explicit thread_pool(std::size_t threads = 0) : thread_pool(nobody{}) {
    std::size_t const hardware = std::thread::hardware_concurrency();
    if (threads == 0) threads = hardware != 0 ? hardware : 1;
    if (threads > limit)
      raise(error(error_kind::setting) << "a thread pool of " << threads << " threads: at most " << limit);
    if (threads <= hardware) patience_ = 500;  // with more threads than cores, looking out would only delay the others
    workers_.reserve(threads - 1);
    while (workers_.size() != threads - 1) start_worker();
  }

  thread_pool(thread_pool const&) = delete;
  thread_pool& operator=(thread_pool const&) = delete;

  ~thread_pool() {
    {
      std::lock_guard const hold(asleep_);
      closing_ = true;
    }
    wake_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  [[nodiscard]] std::size_t concurrency() const noexcept { return workers_.size() + 1; }

  void bulk(std::size_t n, auto const& task) {
    KINDRED_ASSERT(!inside_task());
    first_failure failure;
    auto const guarded = [&](std::size_t k) { failure.run(task, k); };
    using guarded_task = decltype(guarded);
    job work{.count = n, .task = &guarded, .help = [](job& j) {
               auto const& call = *static_cast<guarded_task*>(j.task);
               for (std::size_t k = 0; (k = j.next.fetch_add(1, std::memory_order_relaxed)) < j.count;) call(k);
             }};
    run(work);
    failure.rethrow();
  }

private:
  struct nobody {};
  explicit thread_pool(nobody) noexcept {}

  // One call of bulk; lives on the caller's stack. `help` does tasks until none is left to hand out.
  struct job {
    std::size_t count;
    void const* task;
    void (*help)(job&);
    alignas(64) std::atomic<std::size_t> next{0};
  };

  // gate_ holds how many may still join the current job (upper half) and how many have joined and not left (lower half),
  // in one word: a worker joins by moving one from the upper to the lower half, which succeeds only while job_ is alive.
  static constexpr std::uint64_t one_seat = std::uint64_t{1} << 32;
  static constexpr std::uint64_t seats(std::uint64_t gate) noexcept { return gate >> 32; }
  static constexpr std::uint64_t joined(std::uint64_t gate) noexcept { return gate & (one_seat - 1); }

  void run(job& work) {
    if (work.count == 0) return;
    std::lock_guard const turn(callers_);
    caller_.store(std::this_thread::get_id(), std::memory_order_relaxed);
    std::size_t const helpers = work.count - 1 < workers_.size() ? work.count - 1 : workers_.size();
    if (helpers != 0) {
      job_ = &work;
      gate_.store(helpers * one_seat, std::memory_order_release);
      { std::lock_guard const hold(asleep_); }  // who found the gate closed is asleep by now and hears the call
      for (std::size_t k = 0; k != helpers; ++k) wake_.notify_one();
    }
    work.help(work);
    if (helpers != 0) {
      gate_.fetch_and(one_seat - 1, std::memory_order_relaxed);  // nobody joins any more
      auto const all_left = [&] { return joined(gate_.load(std::memory_order_acquire)) == 0; };
      if (!spin_until(all_left)) {
        std::unique_lock hold(asleep_);
        left_.wait(hold, all_left);
      }
    }
    caller_.store(std::thread::id{}, std::memory_order_relaxed);
  }

  void serve() {
    auto const called = [&] { return seats(gate_.load(std::memory_order_relaxed)) != 0; };
    for (;;) {
      if (!spin_until(called)) {
        std::unique_lock hold(asleep_);
        wake_.wait(hold, [&] { return closing_ || called(); });
        if (closing_) return;
      }
      std::uint64_t gate = gate_.load(std::memory_order_relaxed);
      while (seats(gate) != 0 && !gate_.compare_exchange_weak(gate, gate - one_seat + 1, std::memory_order_acquire)) {}
      if (seats(gate) == 0) continue;
      job_->help(*job_);
      bool const last =
          gate_.fetch_sub(1, std::memory_order_release) == 1;  // nobody else is there, and nobody may join
      if (last) {
        { std::lock_guard const hold(asleep_); }  // the caller saw this before it slept, or sleeps by now
        left_.notify_one();
      }
    }
  }

  bool spin_until(auto const& done) const {
    for (int k = 0; k != patience_; ++k) {
      if (done()) return true;
      std::this_thread::yield();
    }
    return done();
  }

  void start_worker() {
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
    try {
      workers_.emplace_back([this] { serve(); });
    } catch (std::system_error const&) {
      raise(error(error_kind::io) << "the operating system refused to start thread " << workers_.size() + 2
                                  << " of a pool");
    }
#else
    workers_.emplace_back([this] { serve(); });
#endif
  }

  // Whether this thread is in a task of this pool (or is about to wait for one that it runs).
  [[nodiscard]] bool inside_task() const noexcept {
    std::thread::id const self = std::this_thread::get_id();
    if (caller_.load(std::memory_order_relaxed) == self) return true;
    for (std::thread const& worker : workers_)
      if (worker.get_id() == self) return true;
    return false;
  }

  int patience_ = 0;
  bool closing_ = false;  // guarded by asleep_
  std::vector<std::thread> workers_;
  std::mutex callers_;
  std::atomic<std::thread::id> caller_{};
  std::mutex asleep_;
  std::condition_variable wake_;
  std::condition_variable left_;
  job* job_ = nullptr;
  alignas(64) std::atomic<std::uint64_t> gate_{0};
};

KINDRED_END
