// SPDX-License-Identifier: BSL-1.0

// The thread pool that your program already has, made an executor in ten lines. The result is the same, to the last bit.

#include <kindred/factor/sgd.hpp>
#include <kindred/interop/first_failure.hpp>

#include <functional>
#include <iostream>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

// A pool as many programs have one. It knows nothing of kindred: jobs go in, and one can wait until all are done.
class their_pool {
public:
  explicit their_pool(std::size_t size) : size_(size) {}
  std::size_t size() const noexcept { return size_; }
  void submit(std::function<void()> job) { jobs_.push(std::move(job)); }
  void wait() {
    std::vector<std::thread> threads;
    for (std::size_t k = 0; k != size_; ++k) threads.emplace_back([this] { work(); });
    for (std::thread& one : threads) one.join();
  }

private:
  void work() {
    for (;;) {
      std::unique_lock lock(mutex_);
      if (jobs_.empty()) return;
      auto const job = std::move(jobs_.front());
      jobs_.pop();
      lock.unlock();
      job();
    }
  }

  std::size_t size_;
  std::mutex mutex_;
  std::queue<std::function<void()>> jobs_;
};

// [adapter]
struct on_their_pool {
  their_pool& pool;

  std::size_t concurrency() const noexcept { return pool.size(); }
  void bulk(std::size_t n, auto const& task) const {
    kindred::first_failure failure;  // keeps what the task of the lowest number threw
    for (std::size_t k = 0; k != n; ++k) pool.submit([&, k] { failure.run(task, k); });
    pool.wait();
    failure.rethrow();
  }
};
static_assert(kindred::executor<on_their_pool>);
// [/adapter]

// [use]
int main() {
  kindred::rating_table<float> said;
  for (kindred::index_t u = 0; u != 300; ++u)
    for (kindred::index_t i = u % 7; i < 200; i += 3 + u % 5)
      said.add(kindred::user_id{u}, kindred::item_id{i}, static_cast<float>(1 + (u * i + u + i) % 5));
  auto const ratings = kindred::ratings<float>::from(said);

  their_pool pool(4);
  kindred::sgd<> const how{.factors = 8, .epochs = 5, .seed = 3};
  auto const alone = kindred::fit(how, ratings).model;
  auto const together = kindred::fit(how, ratings, on_their_pool{pool}).model;

  std::cout << ratings.size()
            << " ratings, one thread and four: " << (alone == together ? "the same bits\n" : "different bits\n");
}
// [/use]
