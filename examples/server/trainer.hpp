// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "event_store.hpp"
#include "shop_model.hpp"

#include <kindred/serve/served.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>

// Trains in the background: once a second, if there is something new, and publishes. Requests never wait for it.
class trainer {
public:
  trainer(catalog const& shop, event_store const& events)
      : shop_(&shop), events_(&events), trained_on_(events.size()), model_(train(shop, events.all())) {
    thread_ = std::thread([this] { work(); });
  }
  ~trainer() {
    {
      std::lock_guard const turn(lock_);
      closing_ = true;
    }
    close_.notify_one();
    thread_.join();
  }
  trainer(trainer const&) = delete;
  trainer& operator=(trainer const&) = delete;

  [[nodiscard]] auto now() const noexcept { return model_.now(); }

private:
  void work() {
    std::unique_lock turn(lock_);
    while (!close_.wait_for(turn, std::chrono::seconds(1), [this] { return closing_; })) {
      auto const since = events_->all();
      if (since.size() == trained_on_) continue;
      model_.publish(train(*shop_, since));
      trained_on_ = since.size();
    }
  }

  catalog const* shop_;
  event_store const* events_;
  std::size_t trained_on_;
  kindred::served<shop_model> model_;
  std::mutex lock_;
  std::condition_variable close_;
  bool closing_ = false;
  std::thread thread_;
};
